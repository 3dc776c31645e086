import type { ServeEvent } from '@ambisync/bullmq'

/** An event as a line of a log: JSON, the time first. `hide` is asked for each text that comes from elsewhere. */
export function eventLine({ event, ...rest }: ServeEvent, hide: (text: string) => string): string {
  const told = JSON.stringify(rest, (_, value: unknown) => (typeof value === 'string' ? hide(value) : value))
  const head = JSON.stringify({ time: new Date().toISOString(), event })
  return told === '{}' ? `${head}\n` : `${head.slice(0, -1)},${told.slice(1)}\n`
}
