/** Prints what is thrown for each file of a folder by the worker of eslint-plugin-prettier. */
const { readdirSync, readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')
const { createSyncFn } = require('synckit')

const plugin = dirname(require.resolve('eslint-plugin-prettier/package.json'))
const format = createSyncFn(join(plugin, 'worker.mjs'))
const folder = process.argv[2]

const errors = readdirSync(folder).flatMap((name) => {
  const path = join(folder, name)
  try {
    format(readFileSync(path, 'utf8'), { filepath: path, onDiskFilepath: path, usePrettierrc: false }, {})
    return []
  } catch (error) {
    const { cause, codeFrame, loc, message, name } = error
    const isSyntaxError = error instanceof SyntaxError
    return [{ path, isSyntaxError, name, message, codeFrame, loc, cause: cause instanceof Error && cause.message }]
  }
})
console.log(JSON.stringify(errors, undefined, 2))
