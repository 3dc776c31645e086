/** Up to the last `@` of the word: a password may have one in it that is not escaped. */
const userOfUrl = /(\b[a-z][a-z\d+.-]*:\/\/[^\s:@/]*:)\S+@/gi

/** A text in which passwords of URLs are `***`, and those of `url` itself wherever they stand. */
export function withoutPasswords(text: string, url?: string): string {
  const hidden = text.replaceAll(userOfUrl, '$1***@')
  return passwordsOf(url).reduce((result, password) => result.replaceAll(password, '***'), hidden)
}

/** As they are written in the URL, and as Redis gets them. */
function passwordsOf(url: string | undefined): readonly string[] {
  if (url === undefined || !URL.canParse(url)) return []
  const { password, searchParams } = new URL(url)
  // The client takes options from the query as well.
  const written = [password, ...['password', 'sentinelPassword'].map((name) => searchParams.get(name) ?? '')]
  return written.flatMap((each) => [each, decoded(each)]).filter((each) => each !== '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
