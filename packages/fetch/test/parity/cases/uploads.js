// Bodies of requests, of every kind. Where the caller's iterable is one that only blocks, undici gets an async one.
import { FormData as UndiciFormData } from 'undici'

const bytes = Uint8Array.from({ length: 300 }, (_, at) => at)
const large = new Uint8Array(8 * 2 ** 20).map((_, at) => at >> 8)
const parts = ['first ', 'second ', 'third'].map((each) => new TextEncoder().encode(each))

const form = () => filled(new UndiciFormData())

function filled(made) {
  made.append('plain', 'text')
  made.append('plain', 'again, ü\nand "quoted"')
  made.append('name with "quotes"\nand breaks', '')
  made.append('file', new File(['content of ', bytes], 'näme "x".bin', { type: 'application/x-test', lastModified: 5 }))
  made.append('untyped', new File(['abc'], 'abc.txt'))
  made.append('blob', new Blob(['blob'], { type: 'text/x-blob' }))
  made.append('renamed', new Blob(['blob']), 'renamed.bin')
  return made
}

function* iterable() {
  yield* parts
}

// biome-ignore lint/correctness/useYield: it comes to none
function* throwing() {
  throw new RangeError('at once')
}

const kinds = {
  'a string': () => 'text with ü and 世界',
  'a lone surrogate': () => 'a\ud800b',
  'an empty string': () => '',
  'a Uint8Array': () => bytes,
  'an empty Uint8Array': () => new Uint8Array(0),
  'a part of a larger buffer': () => bytes.subarray(10, 20),
  'a Buffer': () => Buffer.from('a buffer'),
  'an ArrayBuffer': () => bytes.slice().buffer,
  'a DataView': () => new DataView(bytes.buffer, 5, 20),
  'a Uint16Array': () => new Uint16Array([1, 2, 300]),
  'a Float64Array': () => new Float64Array([1.5]),
  URLSearchParams: () =>
    new URLSearchParams([
      ['a', '1'],
      ['a', 'ü &'],
      ['', '='],
    ]),
  'empty URLSearchParams': () => new URLSearchParams(),
  'FormData with Files': form,
  'empty FormData': () => new UndiciFormData(),
  'a Blob with a type': () => new Blob(['blob ', bytes], { type: 'text/x-test; charset=utf-8' }),
  'a Blob without a type': () => new Blob(['blob']),
  'an empty Blob': () => new Blob([]),
  'a part of a Blob': () => new Blob(['0123456789']).slice(2, 5, 'text/x-part'),
  'a File': () => new File(['file'], 'file.txt', { type: 'text/x-file' }),
  'a number': () => 5,
  true: () => true,
  'an object': () => ({ a: 1 }),
  'a Date': () => ({ toString: () => 'made by toString' }),
  undefined: () => undefined,
  null: () => null,
}

const refused = {
  'a symbol': () => Symbol('body'),
  'an object that cannot be text': () => Object.create(null),
}

const post = { method: 'POST' }

/** A blocking caller's iterable, and for undici an async one of the same chunks. */
function iterableUpload(name, chunks, init = { duplex: 'half' }) {
  async function* asynchronous() {
    yield* chunks()
  }
  return {
    name: `upload of ${name}`,
    path: 'echo',
    init: () => ({ ...post, ...init, body: chunks() }),
    reference: { init: () => ({ ...post, ...init, body: asynchronous() }) },
  }
}

function* failing() {
  yield parts[0]
  throw new RangeError('from the iterable', { cause: 'its cause' })
}

const asynchronous = 'ambisync AsyncInSyncError ERR_AMBISYNC_ASYNC_IN_SYNC'

async function* later() {
  yield* parts
}

/** What a thread that is blocked cannot give. */
const asyncIterables = {
  'an async generator': () => later(),
  'a ReadableStream': () => new Blob(parts).stream(),
  'the body of another response': () => new Response('other').body,
}

/** A body in the midst of which its request is aborted. */
const abortedUpload = (reason) => {
  function* chunks(controller) {
    yield parts[0]
    controller.abort(reason)
    yield parts[1]
  }
  async function* asynchronous(controller) {
    yield* chunks(controller)
  }
  const make = (body) => () => {
    const controller = new AbortController()
    return { ...post, body: body(controller), duplex: 'half', signal: controller.signal }
  }
  return { path: 'echo', init: make(chunks), reference: { init: make(asynchronous) } }
}

const iterables = [
  { name: 'upload of a generator that aborts', ...abortedUpload(undefined) },
  { name: 'upload of a generator that aborts with an error', ...abortedUpload(new RangeError('enough')) },
  iterableUpload('a generator', () => iterable()),
  iterableUpload('an array of bytes', () => [...parts]),
  iterableUpload('a Set of bytes', () => new Set(parts)),
  iterableUpload('a generator of text', () => ['ü', '', 'text'].values()),
  iterableUpload('a generator of Buffers', () => [Buffer.from('a'), Buffer.from('b')].values()),
  iterableUpload('a generator of nothing', () => [].values()),
  iterableUpload('a generator of empty chunks', () => [new Uint8Array(0), parts[0], new Uint8Array(0)].values()),
  iterableUpload('a generator of 8 MB', () =>
    Array.from({ length: 128 }, (_, at) => large.subarray(at * 2 ** 16, (at + 1) * 2 ** 16)).values(),
  ),
  iterableUpload('a generator that throws', () => failing()),
  iterableUpload('a generator that throws at once', () => throwing()),
  iterableUpload('a generator of numbers', () => [5].values()),
  iterableUpload('a generator of objects', () => [{}].values()),
  iterableUpload('a generator of null', () => [null].values()),
  iterableUpload('a generator with keepalive', () => iterable(), { duplex: 'half', keepalive: true }),
  iterableUpload('a generator with GET', () => iterable(), { duplex: 'half', method: 'GET' }),
  iterableUpload('a generator with its length', () => iterable(), {
    duplex: 'half',
    headers: { 'content-length': '18' },
  }),
  iterableUpload('a generator with another length', () => iterable(), {
    duplex: 'half',
    headers: { 'content-length': '100' },
  }),
]

export const uploads = [
  ...Object.entries(kinds).map(([name, make]) => ({
    name: `upload of ${name}`,
    path: 'echo',
    init: () => ({ ...post, body: make() }),
    reads: name.includes('FormData') ? ['blob'] : ['text'],
  })),
  ...Object.entries(refused).map(([name, make]) => ({
    name: `no upload of ${name}`,
    init: () => ({ ...post, body: make() }),
  })),
  {
    name: 'upload of bytes in shared memory',
    path: 'echo',
    init: () => ({ ...post, body: new Uint8Array(new SharedArrayBuffer(4)) }),
  },
  { name: 'upload of 8 MB of bytes', path: 'echo', init: { ...post, body: large } },
  { name: 'upload of 8 MB of a Blob', path: 'echo', init: () => ({ ...post, body: new Blob([large]) }) },
  { name: 'upload of 8 MB of text', path: 'echo', init: () => ({ ...post, body: 'ü'.repeat(4 * 2 ** 20) }) },
  ...iterables,
  ...Object.entries(asyncIterables).flatMap(([name, make]) => [
    {
      name: `upload of ${name}`,
      path: 'echo',
      init: () => ({ ...post, body: make(), duplex: 'half' }),
      except: { sync: asynchronous },
    },
    { name: `upload of ${name} without duplex`, init: () => ({ ...post, body: make() }) },
    { name: `upload of ${name} with GET`, init: () => ({ body: make(), duplex: 'half' }) },
    {
      name: `upload of ${name} with keepalive`,
      init: () => ({ ...post, body: make(), duplex: 'half', keepalive: true }),
    },
  ]),
  {
    name: 'upload with its own content-type',
    path: 'echo',
    init: { ...post, body: 'text', headers: { 'Content-Type': 'application/x-own' } },
    reads: ['blob'],
  },
  {
    name: 'upload of a form with its own content-type',
    path: 'echo',
    init: () => ({ ...post, body: new URLSearchParams({ a: '1' }), headers: { 'content-type': 'text/plain' } }),
  },
  { name: 'a form comes back', path: 'echo', init: () => ({ ...post, body: form() }), reads: ['formData'] },
  {
    name: 'an urlencoded form comes back',
    path: 'echo',
    init: () => ({
      ...post,
      body: new URLSearchParams([
        ['a', '1'],
        ['a', 'ü &'],
      ]),
    }),
    reads: ['formData'],
  },
  { name: 'upload that is not read', path: 'no-such-route', init: { ...post, body: 'text' } },
  {
    name: "Node's own FormData",
    path: 'echo',
    init: () => ({ ...post, body: filled(new FormData()) }),
    reference: { init: () => ({ ...post, body: filled(new UndiciFormData()) }) },
    reads: ['blob'],
  },
]
