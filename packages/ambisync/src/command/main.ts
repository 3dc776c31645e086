#!/usr/bin/env node
import { quietlyEndOnBrokenPipe } from './broken-pipe.ts'
import { runCommand } from './program.ts'

quietlyEndOnBrokenPipe()
// Not `process.exit`: what is written into a pipe would be cut off.
process.exitCode = await runCommand(process.argv.slice(2))
