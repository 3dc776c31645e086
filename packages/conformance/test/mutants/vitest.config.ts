import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: {
    name: 'mutants',
    pool: 'forks',
    include: ['*.test.ts'],
    maxConcurrency: 3,
    // By themselves: three of them at once already, which wait more than they compute.
    maxWorkers: 1,
    sequence: { groupOrder: 2 },
  },
})
export default config
