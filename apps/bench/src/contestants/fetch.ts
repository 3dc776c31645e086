import type { Contestant } from './contestant.ts'

/** HTTP only, on a loop of worker-threads. */
export const contestant: Contestant = {
  name: '@ambisync/fetch',
  kind: 'adapter',
  packageName: '@ambisync/fetch',
  async load() {
    const { fetch } = await import('@ambisync/fetch')
    return () => ({
      fetchText(url) {
        const response = fetch.sync(url)
        if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
        return response.text()
      },
    })
  },
}
