/** sync-rpc requires a module, and calls its default export for the function to serve, which takes one value. */
import { dispatch, type TaskName } from './dispatch.js'

// biome-ignore lint/style/noDefaultExport: it is what the library asks for
export default () =>
  ({ name, args }: { readonly name: TaskName; readonly args: readonly unknown[] }): Promise<unknown> =>
    dispatch(name, args)
