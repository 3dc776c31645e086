/** Prints twice 21, by a worker in TypeScript: its folder and what loads it are arguments. */
const { join } = require('node:path')
const { createSyncFn } = require('synckit')

const [folder, tsRunner] = process.argv.slice(2)
const double = createSyncFn(join(__dirname, 'typescript', folder, 'worker.ts'), { tsRunner })
console.log(double(21))
