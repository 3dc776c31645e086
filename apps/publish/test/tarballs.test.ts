import { expect, inject, it } from 'vitest'

it('x', async () => {
  const r = await fetch(`${inject('registry')}@ambisync/core`)
  console.log(JSON.stringify(await r.json(), null, 1))
  const a = await fetch(`${inject('registry')}ambisync`)
  console.log(JSON.stringify(await a.json(), null, 1))
  expect(inject('version')).toBe('0.1.0')
})
