/** Two callers of one function: a plugin, which cannot await, and a handler, which does. */
import { getTitle } from './library.js'
import { startServer } from './server.js'

const server = await startServer()

const plugin = {
  // What a template engine asks for has to be there when it asks.
  get heading() {
    return getTitle(`${server.url}/plugins`).toUpperCase()
  },
}
console.log(plugin.heading)

async function handler() {
  const titles = await Promise.all(['a', 'b', 'c'].map(async (name) => await getTitle(`${server.url}/${name}`)))
  return titles.join(', ')
}
console.log(await handler())

server.close()
