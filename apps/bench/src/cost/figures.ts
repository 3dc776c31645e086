/** What a script has measured: for each of its parts the figures by their names. */
export type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>

/** The last thing that a script does: what it prints is for `cost.ts` to read. */
export function report(figures: Figures): void {
  console.log(JSON.stringify(figures))
  process.exit()
}

/** What `cost.ts` has named: a contestant, and what to measure of it. */
export function readArguments(): { readonly contestant: string; readonly parts: readonly string[] } {
  const [contestant = '', ...parts] = process.argv.slice(2)
  return { contestant, parts }
}
