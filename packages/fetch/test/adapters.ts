/** Each of them runs the same programs. Not all keep anything from call to call. */
export const adapters: readonly { readonly name: string; readonly isResident: boolean; readonly turnsLoop: boolean }[] =
  [
    { name: 'worker-threads', isResident: true, turnsLoop: false },
    { name: 'atomics', isResident: true, turnsLoop: false },
    { name: 'child-process', isResident: true, turnsLoop: false },
    { name: 'child-process, one per call', isResident: false, turnsLoop: false },
    { name: 'deasync', isResident: true, turnsLoop: true },
  ]
