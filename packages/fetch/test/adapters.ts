/** Those that keep their loop from call to call run the same programs. */
export const residentAdapters: readonly { readonly name: string; readonly turnsLoop: boolean }[] = [
  { name: 'worker-threads', turnsLoop: false },
  { name: 'atomics', turnsLoop: false },
  { name: 'child-process', turnsLoop: false },
  { name: 'deasync', turnsLoop: true },
]

/** One that starts anew for each call: of the programs it runs a part, because that takes a while. */
export const perCall = 'child-process, one per call'
