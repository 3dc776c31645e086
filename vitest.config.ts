import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  test: {
    // Tests wait more than they compute, so there are more of them than CI has cores. Those that need the machine for themselves are in a group of their own.
    maxWorkers: 3,
    projects: [
      'packages/*/vitest.config.ts',
      'packages/conformance/test/mutants/vitest.config.ts',
      'apps/*/vitest.config.ts',
      'examples/vitest.config.ts',
      'docs/vitest.config.ts',
    ],
  },
})
export default config
