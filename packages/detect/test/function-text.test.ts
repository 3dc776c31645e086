import { describe, expect, it } from 'vitest'
import { beginsWithFunction, isAsyncText } from '../src/function-text.ts'

/** What stands before `|` precedes the function. */
const isAsync = (marked: string): boolean => isAsyncText(marked.replace('|', ''), marked.indexOf('|'))

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
  ])('%s', (text) => expect(isAsync(`|${text}`)).toBe(true))

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
    ['TypeScript, by terser', 'return e(this,void 0,void 0,(|function*(){f()}))'],
    ['esbuild', 'return __async(this, null, |function* () { f() })'],
    ['esbuild, arrow function', '() => __async(null, null, |function* () { f() })'],
    ['esbuild, with parameters', 'return __async(this, [x], |function* (x2 = f()) { })'],
    ['esbuild, two helpers', 'return __async2(this, null, |function* () { f() })'],
    ['esbuild, minified', 'return t(this,null,|function*(){f()})'],
    ['esbuild, async generator', 'return __asyncGenerator(this, null, |function* () { f() })'],
    ['Babel', 'return _asyncToGenerator(|function* () { f() })()'],
    ['Babel, second helper', 'var f = _asyncToGenerator2(|function* () { f() })'],
    ['Babel, async generator', 'return _wrapAsyncGenerator(|function* () { f() })()'],
    ['Babel, helpers imported', 'return (0, _asyncToGenerator2.default)(|function* () { f() })()'],
    ['SWC', 'return _async_to_generator(|function*() { f() })()'],
    ['SWC, helpers imported', 'return (0, _async_to_generator._)(|function*() { f() })()'],
    ['SWC, async generator', 'return _wrap_async_generator(|function*() { f() })()'],
  ])('compiled by %s: %s', (_, marked) => expect(isAsync(marked)).toBe(true))

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
    'co(|function* () {})',
    'run(this, |function* () {})',
    'run(1, null, |function* () {})',
    'const __async = 1; (|function* () {})',
    '__awaiter(this, void 0, void 0, g); (|function* () {})',
    '|',
  ])('and is not: %s', (marked) => expect(isAsync(marked)).toBe(false))
})

it.each([
  ['() => f()', true],
  ['x => f()', true],
  ['(a, b = (1, 2)) => f()', true],
  ['async () => f()', true],
  ['async x => f()', true],
  ['function () {}', true],
  ['async function () {}', true],
  ['f()', false],
  ['(f())', false],
  ['(async () => f())()', false],
  ['async(f())', false],
  ['"use strict"; f()', false],
  ['', false],
])('a text is that of a function: %s: %s', (text, expected) => expect(beginsWithFunction(text)).toBe(expected))
