/** On undici, whose API is asynchronous only. Its connections live on between calls. */
import { request } from 'undici'

export async function fetchText(url: string): Promise<string> {
  const { statusCode, body } = await request(url)
  if (statusCode !== 200) {
    await body.dump()
    throw new Error(`${url} answered ${statusCode}`)
  }
  return await body.text()
}
