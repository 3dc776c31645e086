import { describeAdapter } from '@ambisync/conformance/vitest'

describeAdapter({
  name: 'child-process, one per call',
  create: new URL('./create.js', import.meta.url),
  configurations: { 'by default': {} },
})
