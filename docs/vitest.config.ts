import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: { name: 'docs', pool: 'forks', include: ['*.test.ts'], testTimeout: 60_000 },
})
export default config
