const { runAsWorker } = require('@ambisync/synckit')

runAsWorker(async (value) => value)
