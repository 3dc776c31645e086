import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'examples', pool: 'forks', testTimeout: 120_000, hookTimeout: 120_000, include: ['*.test.ts'] },
})
export default config
