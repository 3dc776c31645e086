import { execFileSync } from 'node:child_process'

/**
 * Hosts on a network of their own: network namespaces, joined by a bridge in one more. Nothing of it is seen from outside,
 * and nothing outside from there. For Linux, and root.
 */
export class Network implements Disposable {
  readonly #name: string
  readonly #hosts: string[] = []

  constructor() {
    this.#name = `ambisync-${process.pid}`
    ip('netns', 'add', this.#name)
    inside(this.#name, 'link', 'add', 'bridge', 'type', 'bridge')
    inside(this.#name, 'link', 'set', 'bridge', 'up')
  }

  /** Adds a host, and gives its address. */
  addHost(name: string): { readonly address: string; readonly within: readonly string[] } {
    const space = `${this.#name}-${name}`
    this.#hosts.push(space)
    const address = `10.77.0.${this.#hosts.length}`
    ip('netns', 'add', space)
    ip('-n', this.#name, 'link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth', 'netns', space)
    inside(this.#name, 'link', 'set', name, 'master', 'bridge', 'up')
    inside(space, 'address', 'add', `${address}/24`, 'dev', 'eth')
    inside(space, 'link', 'set', 'eth', 'up')
    inside(space, 'link', 'set', 'lo', 'up')
    return { address, within: ['ip', 'netns', 'exec', space] }
  }

  /** Pulls the cable of a host, or plugs it in again. Nobody is told. */
  setCable(name: string, state: 'down' | 'up'): void {
    inside(this.#name, 'link', 'set', name, state)
  }

  [Symbol.dispose](): void {
    for (const space of [...this.#hosts, this.#name]) ip('netns', 'delete', space)
  }
}

/** CI can. */
export function canMakeNetworks(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    ip('netns', 'list')
    return true
  } catch {
    return false
  }
}

function inside(space: string, ...args: readonly string[]): void {
  ip('-n', space, ...args)
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
