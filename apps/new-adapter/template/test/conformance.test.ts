import { describeAdapter } from '@ambisync/conformance/vitest'

describeAdapter({
  name: 'my-adapter',
  create: new URL('./create.js', import.meta.url),
  configurations: { 'with a memory limit': { resourceLimits: { maxOldGenerationSizeMb: 64 } } },
})
