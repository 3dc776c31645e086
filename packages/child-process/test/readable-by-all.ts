import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Whether anybody may read a file and all the folders that it is in. */
export function isReadableByAll(path: string): boolean {
  for (let each = path; each !== dirname(each); each = dirname(each))
    if ((statSync(each).mode & 0o4) === 0) return false
  return true
}
