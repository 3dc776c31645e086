export { childProcess as create } from '@ambisync/child-process'
