import { expect, it, vi } from 'vitest'
import { setTimer } from '../src/timer.ts'
import { block, clock } from '../src/waiter.ts'

const asleep = (isSettled: () => boolean) => ({ label: 'a wait', isSettled, awaits: () => [clock] })

it('runs timers in a blocked thread, in the order of their time', () => {
  const fired: string[] = []
  setTimer(20, () => fired.push('late'))
  setTimer(5, () => fired.push('early'))
  expect(
    block(
      asleep(() => fired.length === 2),
      Number.POSITIVE_INFINITY,
    ),
  ).toBe('settled')
  expect(fired).toEqual(['early', 'late'])
})

it('runs a timer once, by whoever comes first', async () => {
  let fired = 0
  setTimer(1, () => fired++)
  block(
    asleep(() => fired > 0),
    Number.POSITIVE_INFINITY,
  )
  await new Promise((resolve) => setTimeout(resolve, 20))
  setTimer(1, () => fired++)
  await new Promise((resolve) => setTimeout(resolve, 20))
  block(
    asleep(() => true),
    Number.POSITIVE_INFINITY,
  )
  expect(fired).toBe(2)
})

it('does not run what was cancelled, also by a timer that is due together with it', () => {
  const fired: string[] = []
  const cancelFirst = setTimer(1, () => fired.push('cancelled'))
  cancelFirst()
  let cancelThird = (): void => {}
  setTimer(1, () => {
    fired.push('second')
    cancelThird()
  })
  cancelThird = setTimer(1, () => fired.push('third'))
  let done = false
  setTimer(10, () => {
    done = true
  })
  block(
    asleep(() => done),
    Number.POSITIVE_INFINITY,
  )
  expect(fired).toEqual(['second'])
})

it('is stuck when nothing could ever end the wait', () => {
  expect(block({ label: 'a wait', isSettled: () => false, awaits: () => [] }, Number.POSITIVE_INFINITY)).toBe('stuck')
})

it("goes by the real clock under a test framework's fake timers", () => {
  vi.useFakeTimers()
  try {
    let fired = false
    setTimer(5, () => {
      fired = true
    })
    expect(
      block(
        asleep(() => fired),
        Number.POSITIVE_INFINITY,
      ),
    ).toBe('settled')
  } finally {
    vi.useRealTimers()
  }
})

it('goes by the real clock, although a fake one was there first', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] })
  vi.resetModules()
  const { now } = await import('../src/deadline.ts')
  try {
    const before = now()
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    expect(now()).toBeGreaterThan(before)
  } finally {
    vi.useRealTimers()
  }
})
