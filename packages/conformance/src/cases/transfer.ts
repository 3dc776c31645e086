import { NotSupportedError, SerializationError, type Tasks } from '@ambisync/core'
import { assert } from 'chai'
import type { Case, CaseContext, Needs } from '../case.ts'
import { call, inEachMode, thrownBy } from '../modes.ts'
import { fixture } from '../tasks.ts'
import { thrown } from '../thrown.ts'

type TransferTasks = Tasks<typeof import('../fixtures/transfer-tasks.js')>

function startTasks(context: CaseContext): TransferTasks {
  const loop = context.startLoop()
  return loop.load<typeof import('../fixtures/transfer-tasks.js')>(fixture(loop, 'transfer-tasks'))
}

const needs: Needs = { transfer: true }
const size = 16 << 20

function checkFilled(bytes: unknown, length: number, value: number): void {
  assert.instanceOf(bytes, Uint8Array)
  assert.strictEqual(bytes.byteLength, length)
  assert.isTrue(bytes.every((byte) => byte === value))
}

export const transfers: readonly Case[] = [
  ...inEachMode('transfer: 16 MB move to the task and back, and nobody keeps a copy', needs, async (context, mode) => {
    const { giveBack, lastLength } = startTasks(context)
    const bytes = new Uint8Array(size).fill(7)
    const { buffer } = bytes
    const answer = await call(giveBack.with({ transfer: [buffer] }), mode, bytes)
    assert.strictEqual(buffer.byteLength, 0)
    checkFilled(answer, size, 7)
    assert.strictEqual(await call(lastLength, mode), 0)
  }),
  ...inEachMode(
    'transfer: a result moves, or is copied where nothing does',
    { resident: true },
    async (context, mode) => {
      const { fill, lastLength } = startTasks(context)
      checkFilled(await call(fill, mode, 1_000, 5), 1_000, 5)
      assert.strictEqual(await call(lastLength, mode), context.adapter.capabilities.transfer ? 0 : 1_000)
    },
  ),
  ...inEachMode('transfer: a Buffer whose memory moves is one at the other end', needs, async (context, mode) => {
    const { giveBack, labelled } = startTasks(context)
    const memory = new ArrayBuffer(8)
    const buffer = Buffer.from(memory, 2, 3).fill(9)
    const answer = await call(giveBack.with({ transfer: [memory] }), mode, buffer)
    assert.isTrue(Buffer.isBuffer(answer))
    assert.deepEqual([...(answer as Uint8Array)], [9, 9, 9])
    assert.strictEqual(memory.byteLength, 0)
    const result = (await call(labelled, mode, 'text')) as { buffer: unknown; url: unknown }
    assert.strictEqual(String(result.buffer), 'text')
    assert.isTrue(Buffer.isBuffer(result.buffer))
    assert.instanceOf(result.url, URL)
  }),
  ...inEachMode('transfer: a MessagePort moves', needs, async (context, mode) => {
    const { talk, listen } = startTasks(context)
    const first = new MessageChannel()
    const heard = new Promise((resolve) =>
      first.port1.addEventListener('message', (event) => resolve(Reflect.get(event, 'data'))),
    )
    first.port1.start()
    await call(talk.with({ transfer: [first.port2] }), mode, first.port2, 'hello')
    assert.strictEqual(await heard, 'hello')
    first.port1.close()
    const second = new MessageChannel()
    second.port1.postMessage('from the caller')
    assert.strictEqual(await call(listen.with({ transfer: [second.port2] }), mode, second.port2), 'from the caller')
    second.port1.close()
  }),
  ...inEachMode('transfer: what was not named is copied', needs, async (context, mode) => {
    const { byteLength } = startTasks(context)
    const [moved, copied] = [new ArrayBuffer(8), new ArrayBuffer(16)]
    assert.strictEqual(await call(byteLength.with({ transfer: [moved] }), mode, copied), 16)
    assert.deepEqual([moved.byteLength, copied.byteLength], [0, 16])
  }),
  ...inEachMode(
    'transfer: what is gone already is refused by its place, and the call not made',
    needs,
    async (context, mode) => {
      const { byteLength, giveBack } = startTasks(context)
      const [good, gone] = [new ArrayBuffer(8), new ArrayBuffer(8)]
      const task = byteLength.with({ transfer: [good, gone] })
      structuredClone(gone, { transfer: [gone] })
      const error = await thrownBy(task, mode, good)
      assert.instanceOf(error, SerializationError)
      assert.match(error.message, /byteLength was not called: transfer\[1\] is detached/)
      assert.strictEqual(good.byteLength, 8)
      const bytes = new Uint8Array(4)
      const once = giveBack.with({ transfer: [bytes.buffer] })
      await call(once, mode, bytes)
      assert.match(String(await thrownBy(once, mode, bytes)), /transfer\[0\] is detached/)
      assert.strictEqual(await call(byteLength, mode, good), 8)
    },
  ),
  ...inEachMode(
    'transfer: what only the platform knows not to move is refused by its place',
    needs,
    async (context, mode) => {
      const { byteLength } = startTasks(context)
      const buffer = new ArrayBuffer(8)
      const odd = new EventTarget()
      const error = await thrownBy(byteLength.with({ transfer: [buffer, odd] }), mode, buffer)
      assert.instanceOf(error, SerializationError)
      assert.match(error.message, /byteLength was not called: transfer\[1\] cannot be transferred/)
      assert.strictEqual(buffer.byteLength, 8)
      assert.strictEqual(await call(byteLength, mode, buffer), 8)
    },
  ),
  ...inEachMode(
    'transfer: an argument that cannot be cloned is named, and nothing has moved',
    needs,
    async (context, mode) => {
      const { byteLength } = startTasks(context)
      const { port1, port2 } = new MessageChannel()
      const buffer = new ArrayBuffer(8)
      const value = { port2, buffer, deep: { save() {} } }
      const error = await thrownBy(byteLength.with({ transfer: [buffer, port2] }), mode, value)
      assert.instanceOf(error, SerializationError)
      assert.match(error.message, /args\[0\]\.deep\.save is a function/)
      assert.strictEqual(buffer.byteLength, 8)
      port1.close()
      assert.match(
        String(await thrownBy(byteLength, mode, { port: new MessageChannel().port1 })),
        /args\[0\]\.port is a MessagePort/,
      )
      assert.strictEqual(await call(byteLength, mode, buffer), 8)
    },
  ),
  ...inEachMode('transfer: given twice in a chain, the later one counts', needs, async (context, mode) => {
    const { byteLength } = startTasks(context)
    const [first, second] = [new ArrayBuffer(8), new ArrayBuffer(16)]
    const task = byteLength
      .with({ transfer: [first] })
      .with({ timeout: 30_000 })
      .with({ transfer: [second] })
    assert.strictEqual(await call(task, mode, second), 16)
    assert.deepEqual([first.byteLength, second.byteLength], [8, 0])
    assert.strictEqual(await call(byteLength.with({ transfer: [first] }).with({ transfer: undefined }), mode, first), 8)
    assert.strictEqual(first.byteLength, 8)
  }),
  ...inEachMode('transfer: a call that is aborted before it is sent moves nothing', needs, async (context, mode) => {
    const { byteLength } = startTasks(context)
    const buffer = new ArrayBuffer(8)
    const task = byteLength.with({ transfer: [buffer], signal: AbortSignal.abort() })
    assert.propertyVal(await thrownBy(task, mode, buffer), 'name', 'AbortError')
    assert.strictEqual(buffer.byteLength, 8)
  }),
  {
    name: 'transfer: what a generator yields moves, or is copied where nothing does',
    needs: { streams: true },
    async run(context) {
      const { yieldMoved, leftOfYielded } = startTasks(context)
      let items = 0
      for (const bytes of yieldMoved.sync(50)) checkFilled(bytes, 1_000, items++)
      assert.strictEqual(items, 50)
      assert.strictEqual(leftOfYielded.sync(), context.adapter.capabilities.transfer ? 0 : 50_000)
    },
  },
  {
    name: 'transfer: a list that cannot be right is refused at once',
    needs,
    async run(context) {
      const { byteLength } = startTasks(context)
      const buffer = new ArrayBuffer(8)
      const wrong: readonly (readonly [transfer: unknown, message: RegExp])[] = [
        [buffer, /transfer must be an array, not an ArrayBuffer/],
        [null, /transfer must be an array, not null/],
        [[buffer, 1], /transfer\[1\] is a number, which cannot be transferred/],
        [[null], /transfer\[0\] is null/],
        [[new Uint8Array(buffer)], /transfer\[0\] is a view.*buffer/],
        [[new SharedArrayBuffer(8)], /transfer\[0\] is a SharedArrayBuffer/],
        [[{}], /transfer\[0\] is an Object/],
        [[() => {}], /transfer\[0\] is a Function/],
        [[buffer, buffer], /transfer\[1\] is the same as transfer\[0\]/],
      ]
      for (const [transfer, message] of wrong) {
        const error = thrown(() => byteLength.with({ transfer: transfer as never }))
        assert.instanceOf(error, TypeError)
        assert.match(error.message, message)
      }
      assert.strictEqual(byteLength.sync(buffer), 8)
    },
  },
  {
    name: 'transfer: refused at once, by name, where it is not declared',
    needs: { transfer: undefined },
    async run(context) {
      const { byteLength } = startTasks(context)
      const buffer = new ArrayBuffer(8)
      const error = thrown(() => byteLength.with({ transfer: [buffer] }))
      assert.instanceOf(error, NotSupportedError)
      assert.match(error.message, /"transfer"/)
      assert.strictEqual(byteLength.sync(buffer), 8)
    },
  },
  ...inEachMode('transfer: transferResult refuses what cannot be right', {}, async (context, mode) => {
    const { transferWrongly, fill } = startTasks(context)
    const wrong: Readonly<Record<string, RegExp>> = {
      'a primitive value': /transferResult takes the object.*not a number/,
      'a view': /transfer\[0\] is a view/,
      'no list': /transfer must be an array, not undefined/,
    }
    for (const [how, message] of Object.entries(wrong)) {
      const error = await thrownBy(transferWrongly, mode, how)
      assert.instanceOf(error, TypeError)
      assert.match(error.message, message)
    }
    checkFilled(await call(fill, mode, 10, 1), 10, 1)
  }),
  ...inEachMode(
    'transfer: a result that has moved already is refused, and the loop goes on',
    needs,
    async (context, mode) => {
      const { returnTwice, transferWrongly, fill } = startTasks(context)
      await call(returnTwice, mode)
      const error = await thrownBy(returnTwice, mode)
      assert.instanceOf(error, SerializationError)
      assert.match(error.message, /returnTwice returned .*transfer\[0\] is detached/)
      const odd = await thrownBy(transferWrongly, mode, 'an odd object')
      assert.instanceOf(odd, SerializationError)
      assert.match(odd.message, /transferWrongly returned .*transfer\[0\] cannot be transferred/)
      checkFilled(await call(fill, mode, 10, 1), 10, 1)
    },
  ),
]
