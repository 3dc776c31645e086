import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: {
    name: 'mutants',
    pool: 'forks',
    include: ['*.test.ts'],
    maxConcurrency: 2,
    // By themselves: two of them at once already.
    maxWorkers: 1,
    sequence: { groupOrder: 2 },
  },
})
export default config
