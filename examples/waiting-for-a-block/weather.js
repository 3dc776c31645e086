/** The asynchronous part: a small weather service, and how to ask it. Both run on the background loop. */
import { createServer } from 'node:http'

const degrees = { Lisbon: 24, Oslo: 11, Nairobi: 26, Quito: 18, Perth: 21 }

export async function startService() {
  const server = createServer((request, response) => {
    const city = decodeURIComponent(request.url.slice(1))
    setTimeout(() => response.end(JSON.stringify({ city, degrees: degrees[city] })), 100)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server.address().port
}

export async function ask(port, city) {
  const response = await fetch(`http://127.0.0.1:${port}/${encodeURIComponent(city)}`)
  return await response.json()
}
