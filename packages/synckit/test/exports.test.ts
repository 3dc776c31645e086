import * as ours from '@ambisync/synckit'
import * as theirs from 'synckit'
import { expect, it } from 'vitest'

it('has every export of synckit', () => {
  expect(Object.keys(theirs).filter((name) => !(name in ours) && !name.startsWith('_'))).toEqual([])
})

it('constants are those of synckit', () => {
  const constants = Object.entries(theirs).filter(([, value]) => typeof value !== 'function')
  for (const [name, value] of constants) {
    // Without the empty word that is there where nothing is set.
    const wanted = name === 'DEFAULT_EXEC_ARGV' ? [] : value
    expect([name, Reflect.get(ours, name)]).toEqual([name, wanted])
  }
})

it.each([
  ['22.6', '22.6.0'],
  ['22.12', '22.6'],
  ['18', '20.1'],
  ['20.19.1', '20.19'],
])('compares %s with %s', (a, b) => {
  expect(ours.compareVersion(a, b)).toBe(theirs.compareVersion(a, b))
  expect(ours.parseVersion(a)).toEqual(theirs.parseVersion(a))
  expect(ours.compareNodeVersion(a)).toBe(theirs.compareNodeVersion(a))
})

const shims: ours.GlobalShim[] = [
  { moduleName: 'node:perf_hooks' },
  { moduleName: 'node:perf_hooks', globalName: 'hooks' },
  { moduleName: 'node:perf_hooks', globalName: 'hooks', named: null, conditional: false },
  { moduleName: 'node:perf_hooks', globalName: 'performance', named: 'performance' },
]

it.each(['import', 'require'] as const)('makes the same statements of shims by %s', (type) => {
  for (const shim of [...shims, '/folder/module.js', 'name']) {
    expect(ours.encodeImportModule(shim, type)).toBe(theirs.encodeImportModule(shim, type))
  }
  const path = import.meta.filename
  expect(ours.generateGlobals(path, shims, type)).toBe(theirs.generateGlobals(path, shims, type))
})

it('has the same small functions', () => {
  expect(ours.md5Hash('a')).toBe(theirs.md5Hash('a'))
  expect(ours.dataUrl('a = "b"').href).toBe(theirs.dataUrl('a = "b"').href)
  expect([import.meta.filename, import.meta.dirname].map(ours.isFile)).toEqual([true, false])
  for (const argv of [['--import', 'a'], ['-r', 'a'], ['--require', 'a'], ['--loader', 'a'], []]) {
    expect(ours.hasImportFlag(argv)).toBe(theirs.hasImportFlag(argv))
    expect(ours.hasRequireFlag(argv)).toBe(theirs.hasRequireFlag(argv))
    expect(ours.hasLoaderFlag(argv)).toBe(theirs.hasLoaderFlag(argv))
  }
})
