/** A task module on undici, whose API is asynchronous only. Its connection pool lives on between calls. */
import { request } from 'undici'

export interface Page {
  readonly number: number
  readonly title: string
  readonly words: readonly string[]
}

export async function fetchPage(url: string): Promise<Page> {
  const { statusCode, body } = await request(url)
  if (statusCode !== 200) {
    await body.dump()
    throw new Error(`${url} answered ${statusCode}`)
  }
  return (await body.json()) as Page
}
