import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'package-checks', pool: 'forks', testTimeout: 300_000, include: ['test/*.test.ts'] },
})
export default config
