import { defineProject, type UserProjectConfigExport } from 'vitest/config'

const config: UserProjectConfigExport = defineProject({
  test: {
    name: 'publish',
    pool: 'forks',
    include: ['test/**/*.test.ts'],
    globalSetup: './src/published.ts',
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
})
export default config
