import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'worker-threads', pool: 'forks', include: ['test/**/*.test.ts'] },
})
export default config
