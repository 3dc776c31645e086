export { atomics as create } from '@ambisync/atomics'
