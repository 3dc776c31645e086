// What the servers saw of each request, by the number of its case: the first part of every path.
import { createHash } from 'node:crypto'

const byCase = {}

/** Records a request as it arrives: `body` grows with it, so that of a broken upload the part is there that came. */
export function see(server, { method, url, httpVersion, rawHeaders, headers }) {
  const chunks = []
  const request = {
    server,
    method,
    url,
    httpVersion,
    headers: rawHeaders ?? Object.entries(headers),
    addBytes: (chunk) => chunks.push(chunk),
    bytes: () => Buffer.concat(chunks),
  }
  const number = /^\/(\d+)\//.exec(url)?.[1] ?? 'none'
  byCase[number] ??= []
  byCase[number].push(request)
  return request
}

/** All of it as JSON carries it: long bodies as their length and hash. */
export function allSeen() {
  return Object.fromEntries(
    Object.entries(byCase).map(([number, requests]) => [
      number,
      requests.map(({ addBytes, bytes, ...rest }) => ({ ...rest, body: shorten(bytes()) })),
    ]),
  )
}

/** How many requests of this case have come to this route. */
export function count(url) {
  const number = /^\/(\d+)\//.exec(url)?.[1]
  return byCase[number]?.filter((each) => each.url === url).length ?? 0
}

function shorten(bytes) {
  if (bytes.length <= 4_096) return bytes.toString('latin1')
  return { length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}
