import { describe, expect, it } from 'vitest'
import { AbortError, registerClass } from '../src/index.ts'

class Taken {}
registerClass(Taken)

const wrong: Readonly<Record<string, readonly [register: () => void, message: RegExp]>> = {
  'no class': [() => registerClass({} as never), /registerClass takes a class, not an object/],
  nothing: [() => registerClass(undefined as never), /registerClass takes a class, not undefined/],
  'an arrow function': [
    () => registerClass((() => {}) as never),
    /takes a class, not a function that has no prototype/,
  ],
  'a class without a name': [() => registerClass(class {}), /needs a name for a class without one/],
  'a name that is no string': [() => registerClass(class A {}, { name: 1 as never }), /name must be a string/],
  'an unknown option': [() => registerClass(class A {}, { nam: 'A' } as never), /"nam" is not an option/],
  'a class for the second time': [
    () => registerClass(Taken, { name: 'Other' }),
    /Other is registered already, as "Taken"/,
  ],
  'a name for the second time': [() => registerClass(class Taken {}), /another class is registered as "Taken"/],
  'encode alone': [() => registerClass(class A {}, { encode: () => 1 }), /"encode" and needs "decode"/],
  'decode alone': [() => registerClass(class A {}, { decode: () => ({}) }), /"decode" and needs "encode"/],
  'an encode that is no function': [
    () => registerClass(class A {}, { encode: 1 as never }),
    /encode must be a function/,
  ],
  'a codec for an error': [
    () => registerClass(class MyError extends Error {}, { encode: () => 1, decode: () => new Error() }),
    /MyError is an error.*leave out/,
  ],
  'the name of a class of Node': [
    () => registerClass(class Buffer {}),
    /"Buffer" is the name of a class that is built in/,
  ],
  'what is built in': [() => registerClass(Map), /Map is built in/],
  'a built-in error': [() => registerClass(TypeError), /TypeError is built in/],
  'an error of ours': [() => registerClass(AbortError), /AbortError is built in/],
  'the name of a built-in error': [
    () => registerClass(class extends Error {}, { name: 'RangeError' }),
    /"RangeError" is the name of an error that is built in/,
  ],
  'a URL without a codec': [() => registerClass(class Link extends URL {}), /Link extends URL.*"encode" and "decode"/],
}

describe('registerClass', () => {
  it.each(Object.entries(wrong))('refuses %s', (_, [register, message]) => {
    expect(register).toThrow(TypeError)
    expect(register).toThrow(message)
  })

  it('registers nothing that it refuses', () => {
    class Later {}
    expect(() => registerClass(Later, { encode: () => 1 })).toThrow(TypeError)
    registerClass(Later, { encode: () => 1, decode: () => new Later() })
  })
})

it('the same class with the same options is registered already, which is fine', () => {
  class Same {}
  const codec = { encode: () => 1, decode: () => new Same() }
  registerClass(Same, codec)
  expect(() => registerClass(Same, codec)).not.toThrow()
  expect(() => registerClass(Same)).toThrow(/with other options/)
})
