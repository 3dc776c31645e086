import { describeAdapter } from '@ambisync/conformance/vitest'

describeAdapter({
  name: 'child-process, one per call',
  create: new URL('./create.js', import.meta.url),
  configurations: {
    default: {},
    'with a memory limit': { maxOldSpaceMb: 64 },
    'with every option': {
      cwd: '/',
      env: { ONLY: 'this' },
      execArgv: ['--no-warnings'],
      execPath: process.execPath,
      maxOldSpaceMb: 96,
      stdio: ['inherit', 'inherit', 'inherit'],
      ...(process.getuid === undefined || process.getgid === undefined
        ? {}
        : { uid: process.getuid(), gid: process.getgid() }),
    },
  },
})
