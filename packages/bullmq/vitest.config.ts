import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'bullmq', pool: 'forks', testTimeout: 90_000, include: ['test/**/*.test.ts'] },
})
export default config
