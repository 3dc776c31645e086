/** Keeps a core busy until the process whose number is given is no longer the parent of this one. */
import { writeSync } from 'node:fs'

const parent = Number(process.argv[2])
writeSync(1, 'busy\n')
while (process.ppid === parent) for (let count = 0; count < 100_000; count++);
