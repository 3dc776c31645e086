import { describeAdapter } from '@ambisync/conformance/vitest'

describeAdapter({
  name: 'atomics',
  create: new URL('./create.js', import.meta.url),
  configurations: {
    'with every option and the smallest ring': {
      name: 'named',
      argv: ['--flag'],
      execArgv: ['--no-warnings'],
      env: { ONLY: 'this' },
      workerData: { some: ['data'] },
      resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 },
      ringSize: 1_024,
    },
  },
})
