/** Renders a folder of Markdown into a folder of HTML, without one `await`: `node build.js FROM TO`. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gather } from '@ambisync/core'
import { render } from './where.js'

const [from, to] = process.argv.slice(2)
const names = readdirSync(from)

const began = performance.now()
// A file is read when its turn comes. 64 pages under way keep three servers busy.
const calls = names.map((name) => () => render.submit(readFileSync(join(from, name), 'utf8')))
const pages = gather(calls, { limit: 64 }).result()
const seconds = (performance.now() - began) / 1_000

mkdirSync(to, { recursive: true })
for (const [index, name] of names.entries()) writeFileSync(join(to, name.replace('.md', '.html')), pages[index])
console.log(`${pages.length} pages rendered in ${seconds.toFixed(1)} s`)
