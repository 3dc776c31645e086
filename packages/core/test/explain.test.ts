import { expect, it } from 'vitest'
import { type AdapterChoice, startLoop } from '../src/index.ts'
import { echo, memoryAdapter } from './memory-channel.ts'

const choice: AdapterChoice = {
  reasons: ['it can do what is needed: streams'],
  others: [
    { adapter: 'other', why: 'it has no streams' },
    { adapter: 'third', why: 'it is not installed', install: 'npm install third' },
  ],
}

it('a loop tells what it is run by, and why, as data and as text', () => {
  const adapter = memoryAdapter(echo)
  const explanation = startLoop({ adapter, name: 'main', choice: () => choice }).explain()
  const { capabilities } = adapter
  expect({ ...explanation }).toEqual({ loop: 'main', state: 'running', adapter: 'memory', capabilities, ...choice })
  expect(String(explanation)).toBe(
    [
      'The loop "main" (running) is run by memory, in its caller\'s thread:',
      '- it can do what is needed: streams',
      'Not taken:',
      '- other: it has no streams',
      '- third: it is not installed; npm install third',
    ].join('\n'),
  )
})

it('an adapter that was given by hand is its own reason', () => {
  const { reasons, others } = startLoop({ adapter: memoryAdapter(echo) }).explain()
  expect(reasons).toEqual(['it was given as the option "adapter"'])
  expect(others).toEqual([])
})

it('reasons that are none are refused', () => {
  const wrong = choice as unknown as () => AdapterChoice
  expect(() => startLoop({ adapter: memoryAdapter(echo), choice: wrong })).toThrow(/^choice must be a function/)
})
