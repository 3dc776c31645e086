/** Absolute paths by name, of those that there are for this machine. */
export declare const runtimes: Readonly<Partial<Record<'node22' | 'node24' | 'node26' | 'bun' | 'deno', string>>>
/** Other versions of Node.js among them, and the one that this is. */
export declare const nodeVersions: Readonly<Record<string, string>>
