import { inspect } from 'node:util'
import type { FormData, Headers, ResponseType } from 'undici'
import { type BodyReader, SyncBody } from './body.ts'
import type { Answer, ParsedEntry } from './messages.ts'
import { extractMimeType } from './mime-type.ts'
import { fetchClasses } from './undici.ts'

/** What a response needs of the loop that it came from. */
export interface ResponseHome {
  parseForm(bytes: Uint8Array, contentType: string | null): readonly ParsedEntry[]
}

/** How one is made; nobody else has it. */
interface Origin {
  readonly answer: Answer
  readonly headers: () => Headers
  readonly reader: BodyReader | undefined
  readonly home: ResponseHome
}

const utf8 = new TextDecoder()

const ours = Symbol('made by fetch')

/** Makes a response of what has come from the loop. */
export let createResponse: (answer: Answer, reader: BodyReader | undefined, home: ResponseHome) => SyncResponse

/**
 * The standard's Response for callers that cannot await: what gives a promise there blocks here until it is known, and
 * returns it or throws it.
 *
 * Made by `fetch.sync` and its like, not by `new`. A response of which nothing is held any more ends its exchange.
 */
export class SyncResponse {
  readonly #origin: Origin
  #headers: Headers | undefined
  #body: SyncBody | undefined

  private constructor(made: typeof ours, origin: Origin) {
    if (made !== ours) throw new TypeError('a SyncResponse is made by fetch.sync, not by new')
    this.#origin = origin
  }

  /** The status code. */
  get status(): number {
    return this.#origin.answer.status
  }

  /** The reason phrase; empty in HTTP/2. */
  get statusText(): string {
    return this.#origin.answer.statusText
  }

  /** The status is one of 200 to 299. */
  get ok(): boolean {
    return this.status >= 200 && this.status <= 299
  }

  /** undici's own `Headers`, immutable as the standard says. */
  get headers(): Headers {
    this.#headers ??= this.#origin.headers()
    return this.#headers
  }

  /** The last URL, if there were redirects, without a fragment. */
  get url(): string {
    return this.#origin.answer.url
  }

  /** There were redirects. */
  get redirected(): boolean {
    return this.#origin.answer.redirected
  }

  get type(): ResponseType {
    return this.#origin.answer.type as ResponseType
  }

  /** The body as it arrives, for a `for` loop; null where the standard has none (HEAD, 204, 304, …). */
  get body(): SyncBody | null {
    const { reader } = this.#origin
    if (reader === undefined) return null
    this.#body ??= new SyncBody(reader)
    return this.#body
  }

  /** Reading the body has begun. */
  get bodyUsed(): boolean {
    return this.#origin.reader?.used === true
  }

  /**
   * The body as text. Blocks until all of it is there, as all of the following do.
   *
   * @throws {TypeError} if the body has been read, or ends too early (`terminated`; `cause` says why)
   * @throws {TimeoutError} if the request's `timeout` is over
   */
  text(): string {
    const { answer, reader } = this.#origin
    if (answer.text !== undefined && reader !== undefined) {
      reader.begin()
      return answer.text
    }
    const bytes = this.#read()
    // As undici, which takes off a byte order mark, and then has a decoder that takes off one as well.
    const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return utf8.decode(isMarked ? bytes.subarray(3) : bytes)
  }

  /** The body parsed as JSON. `T` is not checked. @throws {SyntaxError} for what is not JSON */
  json<T = unknown>(): T {
    return JSON.parse(this.text()) as T
  }

  arrayBuffer(): ArrayBuffer {
    const bytes = this.#read()
    const { buffer, byteLength } = bytes
    return (byteLength === buffer.byteLength ? buffer : bytes.slice().buffer) as ArrayBuffer
  }

  bytes(): Uint8Array {
    return this.#read()
  }

  /** As the package sync-fetch has it. */
  buffer(): Buffer {
    const { buffer, byteOffset, byteLength } = this.#read()
    return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
  }

  /** The body as a Blob with the response's MIME type. */
  blob(): Blob {
    return new Blob([this.#read()], { type: extractMimeType(this.headers.get('content-type')) })
  }

  /** The body parsed as a form, by undici on the loop. @throws {TypeError} for what is none */
  formData(): FormData {
    const entries = this.#origin.home.parseForm(this.#read(), this.headers.get('content-type'))
    const form = new (fetchClasses().FormData)()
    for (const [name, value] of entries) {
      if (typeof value === 'string') form.append(name, value)
      else {
        const { bytes, name: file, type, lastModified } = value
        form.append(name, new File([bytes], file, { type, lastModified }))
      }
    }
    return form
  }

  /** A second response whose body can be read by itself. @throws {TypeError} if the body has been read */
  clone(): SyncResponse {
    const { answer, reader, home } = this.#origin
    if (reader?.used) throw new TypeError('Response.clone: Body has already been consumed.')
    return createResponse(answer, reader?.tee(), home)
  }

  get [Symbol.toStringTag](): string {
    return 'SyncResponse'
  }

  #read(): Uint8Array {
    return this.#origin.reader?.readAll() ?? new Uint8Array(0)
  }

  static {
    createResponse = (answer, reader, home) =>
      new SyncResponse(ours, { answer, reader, home, headers: () => headersOf(answer.headers) })
    Object.defineProperty(SyncResponse.prototype, inspect.custom, { value: inspectResponse })
  }
}

function inspectResponse(this: SyncResponse, _depth: number, options: object): string {
  const { status, statusText, headers, bodyUsed, ok, redirected, type, url } = this
  return `SyncResponse ${inspect({ status, statusText, headers, bodyUsed, ok, redirected, type, url }, options)}`
}

function headersOf(flat: readonly string[]): Headers {
  const { Headers, makeImmutable } = fetchClasses()
  const headers = new Headers()
  for (let index = 0; index < flat.length; index += 2) headers.append(String(flat[index]), String(flat[index + 1]))
  makeImmutable(headers)
  return headers
}
