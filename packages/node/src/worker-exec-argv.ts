/**
 * Node's own options for a worker, where those of the caller would not do: `--input-type` is for the text of its `--eval`, and
 * a worker that inherits it does not start. Undefined where it may inherit them.
 */
export function workerExecArgv(execArgv: readonly string[]): string[] | undefined {
  const isOfText = (argument: string): boolean => /^--input-type(?:=|$)/.test(argument)
  if (!execArgv.some(isOfText)) return undefined
  return execArgv.filter((argument, index) => !isOfText(argument) && execArgv[index - 1] !== '--input-type')
}
