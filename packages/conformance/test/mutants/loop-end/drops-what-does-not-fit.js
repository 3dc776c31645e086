/** What a pipe that is full does not take is taken to have been written. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { writeSync } = fs
fs.writeSync = (fd, bytes, ...rest) => {
  try {
    return writeSync(fd, bytes, ...rest)
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error
    return bytes.length
  }
}
syncBuiltinESMExports()
