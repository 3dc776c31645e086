export { processPerCall as create } from '@ambisync/child-process'
