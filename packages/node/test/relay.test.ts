import { runProgram as run } from '@ambisync/conformance/run-program'
import { expect, it } from 'vitest'

const runProgram = (name: string): Promise<unknown> => run(new URL(`./programs/${name}.js`, import.meta.url))

it('whatever ends a relay ends its loop, and says why, blocked or not', async () => {
  const seen = (await runProgram('ends')) as Record<string, { blocked: object; sameAwaited: boolean }>
  expect(Object.values(seen).map(({ sameAwaited }) => sameAwaited)).toEqual(Array(6).fill(true))
  const { blocked: atOnce } = seen['at once'] ?? {}
  expect(atOnce).toMatchObject({ name: 'LoopStartError', cause: 'no way there', causeCode: 'ERR_NO_WAY' })
  expect(seen.later?.blocked).toMatchObject({ name: 'LoopStartError', cause: 'no way there, later' })
  expect(seen['exit at connect']?.blocked).toMatchObject({
    name: 'LoopStartError',
    cause: expect.stringMatching(/thread/),
  })
  expect(seen.throw?.blocked).toMatchObject({ name: 'LoopExitError', cause: expect.stringMatching(/in the middle/) })
  expect(seen.exit?.blocked).toMatchObject({
    name: 'LoopExitError',
    cause: expect.stringMatching(/thread has ended/),
  })
  expect(seen['out of memory']?.blocked).toMatchObject({
    name: 'LoopExitError',
    cause: expect.stringMatching(/memory/),
  })
})

it('a loop that is killed ends, also where its relay does not see to that', async () => {
  expect(await runProgram('kills')).toEqual(['TimeoutError', 'LoopStoppedError', 'TimeoutError', 'LoopStoppedError'])
})

it('what does not fit on the way waits with the caller, and arrives in order', async () => {
  const { takenAtOnce, ...rest } = (await runProgram('flow')) as { takenAtOnce: number }
  expect(rest).toEqual({ inOrder: true, alsoInOrder: true })
  // Of eight, one is the module.
  expect(takenAtOnce).toBeLessThanOrEqual(8)
})

it('an idle relay does not keep the process alive, and an awaited call does', async () => {
  expect(await runProgram('idle')).toBe('awaited')
})
