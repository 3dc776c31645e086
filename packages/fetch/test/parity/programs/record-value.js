// Values as data that JSON carries and that is the same in each run: without ports, dates and boundaries.
import { createHash } from 'node:crypto'

let ports = new Map()

/** From now on these servers' ports are written as their names. */
export function setOrigins(origins) {
  ports = new Map(Object.entries(origins).map(([name, origin]) => [new URL(origin).port, name]))
}

/** Text without what is of the moment. */
export function recordText(text) {
  return text
    .replace(/127\.0\.0\.1:(\d+)|localhost:(\d+)/g, (all, ip, name) =>
      all.replace(ip ?? name, (port) => ports.get(port) ?? port),
    )
    .replace(/formdata-undici-0\d+/g, 'formdata-undici-0')
    .replace(/^[0-9A-F]+:error:/, 'thread:error:')
    .replace(/blob:nodedata:[0-9a-f-]+/g, 'blob:nodedata:id')
}

/** The same of nested arrays and objects. */
export function recordDeep(value) {
  if (typeof value === 'string') return recordText(value)
  if (Array.isArray(value)) return value.map(recordDeep)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, recordDeep(each)]))
}

export function recordBytes(bytes) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // A form's boundary is random.
  if (buffer.length <= 4_096)
    return { base64: Buffer.from(recordText(buffer.toString('latin1')), 'latin1').toString('base64') }
  return { length: buffer.length, sha256: createHash('sha256').update(buffer).digest('hex') }
}

/** Headers, and properties of errors, that tell of the moment. */
export const ofTheMoment = ['date', 'age', 'port', 'localPort', 'remotePort']

export function recordHeaders(headers) {
  return [...headers].map(([name, value]) => [name, ofTheMoment.includes(name) ? 'varies' : recordText(value)])
}
