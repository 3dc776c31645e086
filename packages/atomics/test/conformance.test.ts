import { describeAdapter } from '@ambisync/conformance/vitest'

describeAdapter({
  name: 'atomics',
  create: new URL('./create.js', import.meta.url),
  configurations: {
    'with a memory limit': { resourceLimits: { maxOldGenerationSizeMb: 64 } },
    'with the smallest ring': { ringSize: 1_024, resourceLimits: { maxOldGenerationSizeMb: 64 } },
    'with every option': {
      name: 'named',
      argv: ['--flag'],
      execArgv: ['--no-warnings'],
      env: { ONLY: 'this' },
      workerData: { some: ['data'] },
      resourceLimits: { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 },
      ringSize: 65_536,
    },
  },
})
