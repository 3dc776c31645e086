import { Command } from 'commander'
import picocolors from 'picocolors'

/** Colours for a stream; none where it is no terminal, unless `FORCE_COLOR` wants them, nor where `NO_COLOR` is set. */
export type Paint = ReturnType<typeof picocolors.createColors>

/** The command-line library has to decide the same for its help, so it is asked. */
export function paintFor(stream: 'stdout' | 'stderr'): Paint {
  const output = new Command().configureOutput()
  const hasColors = stream === 'stdout' ? output.getOutHasColors : output.getErrHasColors
  return picocolors.createColors(hasColors?.() ?? false)
}
