import { describe, expect, it } from 'vitest'
import { perCall, residentAdapters } from './adapters.ts'
import { runProgram } from './run-program.ts'

describe.each([...residentAdapters.map(({ name }) => name), perCall])('a process with an idle fetch on %s', (name) => {
  it('ends by itself, and so it does with a body that nobody reads', async () => {
    expect(await runProgram('idle', name)).toEqual([200, false])
  }, 70_000)
})

it('what the package sync-fetch offers works from CommonJS, and does not load all of undici', async () => {
  expect(await runProgram('plain.cjs')).toEqual({
    json: { hello: 'world' },
    text: '{"hello":"world"}',
    arrayBuffer: 17,
    buffer: true,
    post: '{"a":1}',
    loadsUndici: [false, false],
    blob: 'application/json',
  })
}, 70_000)
