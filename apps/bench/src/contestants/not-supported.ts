/** What a scenario gives in place of figures: why a contestant has no part in it. Without core, which is a contestant's own. */
export function notSupported(why: string): Error {
  return Object.assign(new Error(why), { code: 'ERR_AMBISYNC_NOT_SUPPORTED' })
}
