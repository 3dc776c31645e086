import { describe, expect, it } from 'vitest'
import { beginsWithArrowFunction, type FunctionText, readFunction, saysUseStrict } from '../src/function-text.ts'

/** What stands before `|` precedes the function. */
const read = (marked: string): FunctionText => readFunction(marked.replace('|', ''), marked.indexOf('|'))

describe('a function is async by its text', () => {
  it.each([
    'async function f() {}',
    'async function() {}',
    'async function* f() {}',
    'async/* a comment */function f() {}',
    'async x=>x',
    'async () => {}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is in the text
    'async (a = ")", b = /\\)/, c = `)${")"}`, d = (1, 2)) => {}',
    'async (a /* ) */, b // )\n) => {}',
    'async ({ a: [b] }, ...c) => {}',
    'async f() {}',
    'async async() {}',
    'async get() {}',
    'async #f() {}',
    'async *f() {}',
    'async [f]() {}',
    'async "f"() {}',
    'async 1() {}',
    'async $f() {}',
    'async \u00e9() {}',
    // The helpers of compilers.
  ])('%s', (text) => expect(read(`|${text}`)).toBe('async'))

  it.each([
    ['TypeScript', 'return __awaiter(this, void 0, void 0, |function* () { f() })'],
    ['TypeScript, with parameters', 'return __awaiter(this, arguments, void 0, |function* (x = f()) { })'],
    ['TypeScript, helpers imported', 'return tslib_1.__awaiter(this, void 0, void 0, |function* () { f() })'],
    [
      'TypeScript, helpers imported, in CommonJS',
      'return (0, tslib_1.__awaiter)(this, void 0, void 0, |function* () { f() })',
    ],
    ['TypeScript, a promise of its own', 'return __awaiter(this, void 0, Promise, |function* () { f() })'],
    ['TypeScript, async generator', 'return __asyncGenerator(this, arguments, |function* f_1() { f() })'],
    ['esbuild', 'return __async(this, null, |function* () { f() })'],
    ['esbuild, arrow function', '() => __async(null, null, |function* () { f() })'],
    ['esbuild, with parameters', 'return __async(this, [x], |function* (x2 = f()) { })'],
    ['esbuild, two helpers', 'return __async2(this, null, |function* () { f() })'],
    ['esbuild, async generator', 'return __asyncGenerator(this, null, |function* () { f() })'],
    ['Babel', 'return _asyncToGenerator(|function* () { f() })()'],
    ['Babel, second helper', 'var f = _asyncToGenerator2(|function* () { f() })'],
    ['Babel, async generator', 'return _wrapAsyncGenerator(|function* () { f() })()'],
    ['Babel, helpers imported', 'return (0, _asyncToGenerator2.default)(|function* () { f() })()'],
    ['SWC', 'return _async_to_generator(|function*() { f() })()'],
    ['SWC, helpers imported', 'return (0, _async_to_generator._)(|function*() { f() })()'],
    ['SWC, async generator', 'return _wrap_async_generator(|function*() { f() })()'],
  ])('compiled by %s: %s', (_, marked) => expect(read(marked)).toBe('async'))

  it.each([
    '|function f() {}',
    '|function async() {}',
    '|() => {}',
    '|x => async () => {}',
    '|(async) => {}',
    '|async => {}',
    '|async=>async()=>{}',
    '|async() {}',
    '|async(a = (1, 2), b = ")") {}',
    '|async = f()',
    '|async;',
    '|async\n f() {}',
    '|async // a comment\n f() {}',
    '|async /* one\n two */ f() {}',
    '|async\u2028f() {}',
    '|get async() {}',
    '|*async() {}',
    '|asynchronous() {}',
    '|f() {}',
    '|{ constructor() {} async f() {} }',
    '|class { async f() {} }',
    '|function* f() {}',
  ])('and is not: %s', (marked) => expect(read(marked)).toBe('sync'))

  it.each([
    'return e(this,void 0,void 0,|function*(){f()})',
    'return e(this,void 0,void 0,(|function*(){f()}))',
    'return t(this,null,|function*(){f()})',
    'return e(|function*(){f()})()',
    'co(|function* () {})',
    '__awaiter(this, void 0, void 0, g); (|function* () {})',
    'const __async = 1; (|function* () {})',
  ])('or may be, by who resumes it: %s', (marked) => expect(read(marked)).toBe('given generator'))

  it.each([
    '|',
    '   |   ',
    'return __generator(this, |function (_a) {})',
    'return _ts_generator(this, |function (_a) {})',
    'return regeneratorRuntime.wrap(|function f$(_context) {})',
    'return _regenerator().w(|function (_context) {})',
    `|async /*${'x*'.repeat(5_000_000)}*/ () => {}`,
  ])('or is not known: %.60s', (marked) => expect(read(marked)).toBe('unknown'))
})

it.each([
  ['() => f()', true],
  ['x => f()', true],
  ['(a, b = (1, 2)) => f()', true],
  ['async () => f()', true],
  ['async x => f()', true],
  ['async function f() {}; f()', false],
  ['function f() {}; f()', false],
  ['f()', false],
  ['(f())', false],
  ['(async () => f())()', false],
  ['async(f())', false],
  ['async + 1; f()', false],
  [`(${'0,'.repeat(1_000_000)}0); f()`, false],
  ['"use strict"; f()', false],
  ['', false],
])('a text begins with an arrow function: %.60s: %s', (text, expected) => {
  expect(beginsWithArrowFunction(text)).toBe(expected)
})

it.each([
  ['"use strict"; f()', true],
  ["#!/usr/bin/env node\n// one\n/* two */ 'use strict'\nf()", true],
  ['f("use strict")', false],
  ['"use client"; f()', false],
  ['import "use strict"', false],
  ['', false],
])('a text says that it is strict: %s: %s', (text, expected) => expect(saysUseStrict(text)).toBe(expected))
