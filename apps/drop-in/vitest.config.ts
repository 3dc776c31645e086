import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: {
    name: 'drop-in',
    pool: 'forks',
    testTimeout: 300_000,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/install.ts'],
  },
})
export default config
