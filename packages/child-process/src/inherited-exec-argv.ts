/** For the caller's own script, prompt or debugger. Those marked have the next argument for a value. */
const onlyForTheCaller: Readonly<Record<string, boolean>> = {
  '--eval': true,
  '-e': true,
  '--print': true,
  '-p': true,
  '-pe': true,
  '--input-type': true,
  '--interactive': false,
  '-i': false,
  '--check': false,
  '-c': false,
  '--test': false,
  '--watch': false,
  '--watch-path': true,
  '--watch-preserve-output': false,
  '--inspect': false,
  '--inspect-brk': false,
  '--inspect-wait': false,
  '--inspect-port': true,
  '--debug-port': true,
}

/** What of the caller's own Node options is for the process as well. */
export function inheritedExecArgv(execArgv: readonly string[]): string[] {
  const inherited: string[] = []
  for (let index = 0; index < execArgv.length; index++) {
    const argument = execArgv[index] ?? ''
    const [name = ''] = argument.split('=', 1)
    const hasValue = Object.hasOwn(onlyForTheCaller, name) ? onlyForTheCaller[name] : undefined
    if (hasValue === undefined) inherited.push(argument)
    else if (hasValue && name === argument) index++
  }
  return inherited
}
