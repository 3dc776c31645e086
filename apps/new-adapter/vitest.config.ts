import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'new-adapter', pool: 'forks', include: ['test/*.test.ts'] },
})
export default config
