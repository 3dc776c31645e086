import { mimeTypes } from './undici.ts'

type MimeType = Exclude<ReturnType<ReturnType<typeof mimeTypes>['parseMIMEType']>, string>

/**
 * The MIME type of a response, from all of its `content-type` headers, as the standard extracts it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-extract-mime-type
 */
export function extractMimeType(header: string | null): string {
  if (header === null) return ''
  const { parseMIMEType, serializeAMimeType } = mimeTypes()
  let found: MimeType | undefined
  let charset: string | undefined
  for (const value of splitValues(header)) {
    const parsed = parseMIMEType(value)
    if (typeof parsed === 'string' || parsed.essence === '*/*') continue
    if (parsed.essence !== found?.essence) charset = parsed.parameters.get('charset')
    else if (!parsed.parameters.has('charset') && charset !== undefined) parsed.parameters.set('charset', charset)
    found = parsed
  }
  return found === undefined ? '' : serializeAMimeType(found as never)
}

/** At the commas that are not within quotes. */
function splitValues(header: string): string[] {
  const values = header.match(/(?:[^",]|"(?:\\.|[^"\\])*"?)+/g) ?? []
  return values.map((value) => value.trim())
}
