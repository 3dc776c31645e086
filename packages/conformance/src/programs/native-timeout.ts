import { dual } from '@ambisync/core'

const never = dual({ sync: () => {}, async: () => new Promise<void>(() => {}) })
await never
  .with({ timeout: 50 })
  .async()
  .catch((error: unknown) => console.log((error as Error).name))
