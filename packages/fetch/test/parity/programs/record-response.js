// A response as data, and what comes of reading it, in either mode.
import { inMacrotask } from './in-macrotask.js'
import { outcomeOfError, recordError } from './record-error.js'
import { recordBytes, recordHeaders, recordText } from './record-value.js'

const readers = {
  'header changes': ({ headers }) => headers.set('x-new', 'value'),
  head: (response) => recordHead(response),
  body: ({ body }, blocking) => (blocking ? joined([...body]) : readAll(body)),
  text: (response) => response.text(),
  json: (response) => response.json(),
  arrayBuffer: (response) => response.arrayBuffer(),
  bytes: (response) => response.bytes(),
  blob: (response) => response.blob(),
  formData: (response) => response.formData(),
}

/** The parts of a response that are there with its head. */
export function recordHead(response) {
  const { status, statusText, ok, type, url, redirected, bodyUsed, body, headers } = response
  return {
    status,
    statusText,
    ok,
    type,
    url: recordText(url),
    redirected,
    bodyUsed,
    hasBody: body !== null,
    headers: recordHeaders(headers),
    setCookie: headers.getSetCookie(),
  }
}

/** Reads a response one way after the other; a blocking way must give values and not promises. */
export async function recordReads(response, reads, blocking) {
  const records = []
  for (const read of reads) {
    const record = { read }
    try {
      record.value = await recordValue(await readOne(response, read, blocking))
    } catch (error) {
      record.error = recordError(error)
    }
    records.push({ ...record, bodyUsed: response.bodyUsed })
  }
  return records
}

async function readOne(response, read, blocking) {
  const { value } = await inMacrotask(() => start(response, read, blocking))
  const isPromise = typeof value?.then === 'function'
  if (isPromise === blocking && !read.includes('head')) throw new Error(`${read} ${blocking ? 'awaits' : 'blocks'}`)
  return await value
}

function start(response, read, blocking) {
  if (read.startsWith('clone ')) return start(response.clone(), read.slice('clone '.length), blocking)
  return readers[read](response, blocking)
}

async function readAll(body) {
  const chunks = []
  for await (const chunk of body) chunks.push(chunk)
  return joined(chunks)
}

function joined(chunks) {
  return new Uint8Array(Buffer.concat(chunks))
}

async function recordValue(value) {
  if (value instanceof ArrayBuffer) return { arrayBuffer: recordBytes(new Uint8Array(value)) }
  if (value instanceof Uint8Array)
    return {
      bytes: recordBytes(value),
      isBuffer: Buffer.isBuffer(value),
      isAllOfItsBuffer: value.length === value.buffer.byteLength,
    }
  if (value instanceof Blob) return await recordBlob(value)
  if (typeof value === 'string') return value.length > 4_096 ? recordBytes(Buffer.from(value)) : recordText(value)
  if (typeof value?.getAll !== 'function') return value === undefined ? 'undefined' : value
  const entries = []
  for (const [name, entry] of value) entries.push([name, typeof entry === 'string' ? entry : await recordBlob(entry)])
  return { formData: entries, class: value.constructor.name }
}

async function recordBlob(blob) {
  const { size, type, name = null } = blob
  return {
    class: blob.constructor.name,
    name,
    size,
    type: recordText(type),
    bytes: recordBytes(new Uint8Array(await blob.arrayBuffer())),
  }
}

/** One line, for the table of cases. */
export function outcomeOf({ error, head, reads }) {
  if (error !== undefined) return outcomeOfError(error)
  const broken = reads.filter((each) => each.error !== undefined).map((each) => outcomeOfError(each.error))
  return [head.status, ...broken].join(', ')
}
