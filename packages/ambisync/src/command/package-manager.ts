import { resolveCommand } from 'package-manager-detector/commands'
import { detect, getUserAgent } from 'package-manager-detector/detect'

/** The command that installs packages here: of the package manager that runs this command, or whose lockfile there is. */
export async function installCommandHere(packages: readonly string[], options: InstallOptions = {}): Promise<string> {
  const agent = (await detect({ cwd: options.cwd ?? process.cwd() }))?.agent ?? getUserAgent() ?? 'npm'
  const { command, args } = resolveCommand(agent, 'add', [...(options.dev ? ['-D'] : []), ...packages]) ?? {
    command: 'npm',
    args: ['install', ...packages],
  }
  const shown = command === 'npm' && args[0] === 'i' ? ['install', ...args.slice(1)] : args
  return [command, ...shown].join(' ')
}

export interface InstallOptions {
  readonly cwd?: string
  /** As a development dependency. */
  readonly dev?: boolean
}
