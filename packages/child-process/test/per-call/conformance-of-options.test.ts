import { fileURLToPath } from 'node:url'
import { describeAdapter } from '@ambisync/conformance/vitest'

describeAdapter({
  name: 'child-process, one per call',
  create: new URL('./create.js', import.meta.url),
  configurations: {
    'with every option': {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ONLY: 'this' },
      execArgv: ['--no-warnings'],
      execPath: process.execPath,
      ...(process.getuid && { uid: process.getuid() }),
      ...(process.getgid && { gid: process.getgid() }),
      maxOldSpaceMb: 96,
      stdio: ['inherit', 'inherit', 'inherit'],
    },
  },
})
