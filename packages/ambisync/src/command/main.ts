#!/usr/bin/env node
import { allPrinted } from './printed.ts'
import { runCommand } from './program.ts'
import { endWhereNothingCanBePrinted } from './unprintable.ts'

endWhereNothingCanBePrinted()
process.exitCode = await runCommand(process.argv.slice(2))
await allPrinted()
// A library may have left something behind that would go on: a connection that was lost is tried again for ever.
process.exit()
