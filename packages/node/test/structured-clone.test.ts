import { BlockList } from 'node:net'
import { decodeClone, encodeClone } from '@ambisync/node/clone'
import { expect, it } from 'vitest'

class Point {
  x = 1
}

it('carries identities, views of one buffer and holes', () => {
  const buffer = new ArrayBuffer(16)
  const point = new Point()
  // biome-ignore lint/suspicious/noSparseArray: that is the point
  const value = { buffer, view: new Uint8Array(buffer, 4, 4), map: new Map([[point, new Set([point])]]), list: [, -0] }
  const room = 8
  const bytes = encodeClone(value, room)
  expect([...bytes.subarray(0, room)]).toEqual(Array(room).fill(0))
  expect(bytes.byteLength).toBe(bytes.buffer.byteLength)
  const clone = decodeClone(bytes.subarray(room)) as typeof value
  expect(clone.view.buffer).toBe(clone.buffer)
  const [[key, set] = []] = [...clone.map]
  expect(set?.has(key as Point)).toBe(true)
  expect(key).toEqual({ x: 1 })
  expect(0 in clone.list).toBe(false)
  expect(clone.list[1]).toBe(-0)
})

it.each<[name: string, make: () => unknown]>([
  ['a Blob', () => new Blob([])],
  ['a Blob in a Map in an instance', () => Object.assign(new Point(), { map: new Map([['key', [new Blob([])]]]) })],
  ['a BlockList', () => new BlockList()],
  ['a ReadableStream', () => new ReadableStream()],
  ['a MessagePort', () => new MessageChannel().port1],
  ['shared memory', () => new Uint8Array(new SharedArrayBuffer(1))],
  ['a function', () => ({ f() {} })],
])('refuses %s, on every version of Node', (_name, make) => {
  expect(() => encodeClone(make())).toThrow(expect.objectContaining({ name: 'DataCloneError' }))
})
