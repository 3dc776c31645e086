// By itself a process fills gigabytes before it is out of memory, for which a case has no time. This is inherited, by the
// process that runs the cases as well, which needs more than most.
process.env.NODE_OPTIONS ??= '--max-old-space-size=256'

export { processPerCall as create } from '@ambisync/child-process'
