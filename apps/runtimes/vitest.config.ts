import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: {
    name: 'runtimes',
    pool: 'forks',
    testTimeout: 60_000,
    include: ['test/*.test.ts'],
  },
})
export default config
