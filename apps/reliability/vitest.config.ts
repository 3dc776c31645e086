import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: {
    name: 'reliability',
    pool: 'forks',
    testTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    // By themselves: that somebody hears of a death within a second is a matter of the processor as well.
    maxWorkers: 1,
    sequence: { groupOrder: 1 },
  },
})
export default config
