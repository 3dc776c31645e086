import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'my-adapter', pool: 'forks', testTimeout: 60_000, include: ['test/**/*.test.ts'] },
})
export default config
