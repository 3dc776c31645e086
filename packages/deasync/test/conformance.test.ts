import { describeAdapter } from '@ambisync/conformance/vitest'

describeAdapter({
  name: 'deasync',
  create: new URL('./create.js', import.meta.url),
  configurations: { default: {} },
})
