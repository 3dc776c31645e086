/** What a task prints is written when it prints the next time, or ends. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { writeSync } = fs
const held = new Map()

function write(fd) {
  const bytes = held.get(fd) ?? Buffer.alloc(0)
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(fd, bytes, written)
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
    }
  }
  held.delete(fd)
}

fs.writeSync = (fd, bytes, offset = 0) => {
  write(fd)
  held.set(fd, Buffer.from(bytes).subarray(offset))
  return bytes.length - offset
}
process.on('exit', () => {
  for (const fd of held.keys()) write(fd)
})
syncBuiltinESMExports()
