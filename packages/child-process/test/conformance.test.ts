import { describeAdapter } from '@ambisync/conformance/vitest'

// Without any limit it takes gigabytes to run out of memory. The processes that the cases run in take it from here, and
// so do theirs.
process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --max-old-space-size=512`

describeAdapter({
  name: 'child-process',
  create: new URL('./create.js', import.meta.url),
  configurations: { 'by default': {} },
})
