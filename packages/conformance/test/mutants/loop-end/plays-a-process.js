/** What would end the whole process ends this thread only, with a code that says how. */
process.kill = (_, signal) => process.exit(signal === 'SIGSEGV' ? 79 : 77)
process.abort = () => process.exit(78)
