import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'atomics', pool: 'forks', testTimeout: 60_000, maxConcurrency: 3, include: ['test/**/*.test.ts'] },
})
export default config
