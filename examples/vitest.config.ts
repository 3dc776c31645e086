import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'examples', pool: 'forks', include: ['*.test.ts'] },
})
export default config
