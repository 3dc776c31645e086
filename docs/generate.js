import { writeFileSync } from 'node:fs'
import { generatedFiles } from './generated-tables.js'

const root = new URL('../', import.meta.url)
for (const { path, wanted } of generatedFiles(root)) writeFileSync(new URL(path, root), wanted)
