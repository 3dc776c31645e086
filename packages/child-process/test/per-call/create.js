// By itself a process fills gigabytes before it is out of memory, for which a case has no time. This is inherited.
process.env.NODE_OPTIONS ??= '--max-old-space-size=64'

export { processPerCall as create } from '@ambisync/child-process'
