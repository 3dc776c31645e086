#!/usr/bin/env node
import { runCommand } from './program.ts'
import { endWhereNothingCanBePrinted } from './unprintable.ts'

endWhereNothingCanBePrinted()
// Not `process.exit`: what is written into a pipe would be cut off.
process.exitCode = await runCommand(process.argv.slice(2))
