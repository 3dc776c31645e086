import { writeFileSync } from 'node:fs'
import { start } from './start.js'

// The results go to a file: what is on the standard output is the tasks'.
const [path, lines] = process.argv.slice(2)
const { tasks } = start()
const results = [tasks.printEverything.sync(Number(lines)), await tasks.printEverything.async(Number(lines))]
writeFileSync(path, JSON.stringify(results))
