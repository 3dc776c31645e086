/** make-synchronized takes the default export of a module. */
import { dispatch } from './dispatch.js'

// biome-ignore lint/style/noDefaultExport: it is what the library asks for
export default dispatch
