import { shorten } from './describe-error.ts'

/** What is said of a process that ended, with what it said itself: the end of what it has printed to stderr. */
export function withLastWords(what: string, printed: string): string {
  const words = lastWords(printed)
  return shorten(words === undefined ? what : `${what}: ${words}`)
}

/** The line that names an error says most; or else the last one that is not part of a stack. */
function lastWords(printed: string): string | undefined {
  const lines = printed.split('\n').filter((line) => line.trim() !== '')
  return (
    lines.find((line) => line.startsWith('FATAL ERROR:')) ??
    lines.find((line) => /^(?:Uncaught )?\w*(?:Error|Exception)\b.*:/.test(line)) ??
    lines.findLast((line) => !isOfStack(line))
  )
}

/** `    at f (file.js:1:2)`, ` 1: 0xb7e5c0 node::Abort() [node]`, and the rules around them. */
function isOfStack(line: string): boolean {
  return /^\s*(?:at\s|\d+: |-{2,}|={2,}|<---)/.test(line)
}
