/*
 * Places that a call can be made from, and what each of them is. Run as it is, and compiled in many ways; so it imports
 * nothing, and `askCaller`, which says what the detector takes its caller for, is a global. Comments such as this one,
 * after a name: `x /*: unknown *\/`, become types where the file is made TypeScript.
 */
const askCaller = globalThis.askCaller
const vm = process.getBuiltinModule('node:vm')

/** @type {{ name: string, expected: 'sync' | 'async', run: () => unknown, where?: 'uncompiled' | 'unbundled' }[]} */
export const sites = []
const add = (name /*: string */, expected /*: unknown */, run /*: () => unknown */, where /*: unknown */ = undefined) =>
  sites.push({ name, expected, run, where })
const sync = (name /*: string */, run /*: () => unknown */, where /*: unknown */ = undefined) =>
  add(name, 'sync', run, where)
const async_ = (name /*: string */, run /*: () => unknown */, where /*: unknown */ = undefined) =>
  add(name, 'async', run, where)
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** A module's own code. */
export const topLevel = askCaller()

// Functions
function declared(x /*: unknown */ = 1) {
  return [x, askCaller()][1]
}
async function declaredAsync() {
  return askCaller()
}
function* declaredGenerator() /*: Generator<unknown> */ {
  yield askCaller()
}
async function* declaredAsyncGenerator() /*: AsyncGenerator<unknown> */ {
  yield askCaller()
}
sync('function declaration', () => declared())
async_('async function declaration', () => declaredAsync())
sync('generator', () => declaredGenerator().next().value)
async_('async generator', async () => (await declaredAsyncGenerator().next()).value)
sync('generator that for has resumed', () => {
  for (const value of declaredGenerator()) return value
})
async_('async generator that for await has resumed', async () => {
  for await (const value of declaredAsyncGenerator()) return value
})
sync('function expression', () => {
  const f = () => askCaller()
  return f()
})
async_('async function expression', () => {
  const f = async () => askCaller()
  return f()
})
async_('named async function expression', () => {
  const f = async function inner() {
    return askCaller()
  }
  return f()
})
sync('function that is called at once', () => (() => askCaller())())
async_('async function that is called at once', () => (async () => askCaller())())
sync(
  'generator expression',
  () =>
    (function* () {
      yield askCaller()
    })().next().value,
)
async_(
  'async generator expression',
  async () =>
    (
      await (async function* () {
        yield askCaller()
      })().next()
    ).value,
)
sync('arrow function', () => {
  const f = () => askCaller()
  return f()
})
sync('arrow function with a body', () => {
  const f = () => {
    return askCaller()
  }
  return f()
})
async_('async arrow function', () => {
  const f = async () => askCaller()
  return f()
})
async_('async arrow function with a body', () => {
  const f = async () => {
    return askCaller()
  }
  return f()
})
async_('async arrow function with a parameter without brackets', () => {
  const f = async x => [x, askCaller()][1]
  return f(1)
})
async_('async arrow function with destructured parameters', () => {
  const f = async ({ a, b: [b] } /*: { a: unknown, b: unknown[] } */, ...rest /*: unknown[] */) =>
    [a, b, rest, askCaller()][3]
  return f({ a: 1, b: [2] }, 3)
})
async_('async arrow function with brackets and strings among its parameters', () => {
  const f = async (a = ')', b = /[)]/, c = `${')'.length})`, d = (1 + 2) * 3) => [a, b, c, d, askCaller()][4]
  return f()
})
async_('async arrow function within an arrow function', () =>
  (
    () => async () =>
      askCaller()
  )()(),
)
sync('arrow function within an async arrow function', async () =>
  (
    await (
      async () => () =>
        askCaller()
    )()
  )(),
)
async_('async function after comments', () => {
  const f = async /* one */ () => askCaller()
  return f()
})

// The word async where it is a name
sync('function named async', () => {
  function async() {
    return askCaller()
  }
  return async()
})
sync('arrow function whose parameter is named async', () => {
  const f = async => [async, askCaller()][1]
  return f(1)
})
sync('arrow function whose bracketed parameter is named async', () => {
  const f = (async /*: unknown */) => [async, askCaller()][1]
  return f(1)
})
sync('method named async', () =>
  ({
    async() {
      return askCaller()
    },
  }).async(),
)
sync('method named async with parameters', () =>
  ({
    async(a = (1, 2), b = ')') {
      return [a, b, askCaller()][2]
    },
  }).async(),
)
async_('async method named async', () =>
  ({
    async async() {
      return askCaller()
    },
  }).async(),
)
sync(
  'generator method named async',
  () =>
    ({
      *async() /*: Generator<unknown> */ {
        yield askCaller()
      },
    })
      .async()
      .next().value,
)
sync(
  'getter named async',
  () =>
    ({
      get async() {
        return askCaller()
      },
    }).async,
)
sync('call of a function named async', () => {
  const async = (value /*: unknown */) => value
  return async(askCaller())
})
sync('static method named async', () =>
  class {
    static async() {
      return askCaller()
    }
  }.async(),
)
async_('arrow function assigned to the name async', () => {
  const async = async () => askCaller()
  return async()
})

// Methods
sync('method', () =>
  ({
    m() {
      return askCaller()
    },
  }).m(),
)
async_('async method', () =>
  ({
    async m() {
      return askCaller()
    },
  }).m(),
)
sync(
  'generator method',
  () =>
    ({
      *m() /*: Generator<unknown> */ {
        yield askCaller()
      },
    })
      .m()
      .next().value,
)
async_(
  'async generator method',
  async () =>
    (
      await {
        async *m() /*: AsyncGenerator<unknown> */ {
          yield askCaller()
        },
      }
        .m()
        .next()
    ).value,
)
sync(
  'getter',
  () =>
    ({
      get x() {
        return askCaller()
      },
    }).x,
)
sync('setter', () => {
  let seen /*: unknown */
  const object = {
    set x(_ /*: unknown */) {
      seen = askCaller()
    },
  }
  object.x = 1
  return seen
})
sync('computed method', () =>
  ({
    ['m' + 1]() {
      return askCaller()
    },
  }).m1(),
)
async_('async computed method', () =>
  ({
    async ['m' + 1]() {
      return askCaller()
    },
  }).m1(),
)
async_('async method with a string for a name', () =>
  ({
    async 'a b'() {
      return askCaller()
    },
  })['a b'](),
)
async_('async method with a number for a name', () =>
  ({
    async 12() {
      return askCaller()
    },
  })[12](),
)
async_('async method with a symbol for a name', () => {
  const key = Symbol('key')
  return {
    async [key]() {
      return askCaller()
    },
  }[key]()
})
async_('async function as a property', () => ({ m: async () => askCaller() }).m())
async_('async arrow function as a property', () => ({ m: async () => askCaller() }).m())

// Classes
class Base {
  field = 1
  asyncArrow = async () => askCaller()
  static staticAsyncArrow = async () => {
    await this
    return askCaller()
  }
  arrow = () => askCaller()
  #hidden() {
    return askCaller()
  }
  async #hiddenAsync() {
    return askCaller()
  }
  get #hiddenGetter() {
    return askCaller()
  }
  static #hiddenStatic() {
    return askCaller()
  }
  method() {
    return askCaller()
  }
  async asyncMethod() {
    return askCaller()
  }
  *generator() /*: Generator<unknown> */ {
    yield askCaller()
  }
  async *asyncGenerator() /*: AsyncGenerator<unknown> */ {
    yield askCaller()
  }
  get getter() {
    return askCaller()
  }
  static staticMethod() {
    return askCaller()
  }
  static async staticAsync() {
    return askCaller()
  }
  static async *staticAsyncGenerator() /*: AsyncGenerator<unknown> */ {
    yield askCaller()
  }
  static get staticGetter() {
    return askCaller()
  }
  hidden() {
    return this.#hidden()
  }
  hiddenAsync() {
    return this.#hiddenAsync()
  }
  hiddenGetter() {
    return this.#hiddenGetter
  }
  static hiddenStatic() {
    return Base.#hiddenStatic()
  }
}
class Derived extends Base {
  async asyncMethod() {
    return [await super.asyncMethod(), askCaller()][1]
  }
}
sync('method of a class', () => new Base().method())
async_('async method of a class', () => new Base().asyncMethod())
async_('async method that calls super', () => new Derived().asyncMethod())
sync('generator method of a class', () => new Base().generator().next().value)
async_('async generator method of a class', async () => (await new Base().asyncGenerator().next()).value)
sync('getter of a class', () => new Base().getter)
sync('private method', () => new Base().hidden())
async_('private async method', () => new Base().hiddenAsync())
sync('private getter', () => new Base().hiddenGetter())
sync('private static method', () => Base.hiddenStatic())
sync('static method', () => Base.staticMethod())
async_('static async method', () => Base.staticAsync())
async_('static async generator', async () => (await Base.staticAsyncGenerator().next()).value)
sync('static getter', () => Base.staticGetter)
sync('constructor', () => {
  class C {
    seen /*: unknown */ = undefined
    constructor() {
      this.seen = askCaller()
    }
  }
  return new C().seen
})
sync('constructor of a derived class', () => {
  class C extends Base {
    seen = undefined
    constructor() {
      super()
      this.seen = askCaller()
    }
  }
  return new C().seen
})
sync('function as a constructor', () => {
  const seen /*: unknown[] */ = []
  function C() {
    seen.push(askCaller())
  }
  Reflect.construct(C, [])
  return seen[0]
})
sync(
  'field of a class',
  () =>
    new (class {
      seen = askCaller()
    })().seen,
)
sync(
  'private field',
  () =>
    new (class {
      #seen = askCaller()
      get seen() {
        return this.#seen
      }
    })().seen,
)
sync(
  'static field',
  () =>
    class {
      static seen = askCaller()
    }.seen,
)
sync(
  'field named async',
  () =>
    new (class {
      async = askCaller()
    })().async,
)
sync('static block', () => {
  let seen /*: unknown */
  class C {
    static {
      seen = askCaller()
    }
  }
  return [C, seen][1]
})
async_('async arrow function in a field', () => new Base().asyncArrow())
async_('async arrow function in a static field', () => Base.staticAsyncArrow())
sync('arrow function in a field', () => new Base().arrow())
sync(
  'field of a class within an async function',
  async () =>
    new (class {
      seen = askCaller()
    })().seen,
  'uncompiled',
)
sync(
  'static field of a class within an async function',
  async () =>
    class {
      static seen = askCaller()
    }.seen,
  'uncompiled',
)

// Within async functions
sync('callback of map', async () => [1].map(() => askCaller())[0])
sync('callback of map that is a function', async () => [1].map(() => askCaller())[0])
async_('async callback of map', async () => [1].map(async () => askCaller())[0])
sync('callback of sort', async () => {
  let seen /*: unknown */
  const compare = () => {
    seen = askCaller()
    return 0
  }
  ;[2, 1].sort(compare)
  return seen
})
sync('callback of replace', async () => 'x'.replace(/x/, () => askCaller()))
sync('callback of forEach in CommonJS style', async () => {
  let seen /*: unknown */
  ;[1].forEach(() => {
    seen = askCaller()
  })
  return seen
})
sync('reviver of JSON.parse', async () => JSON.parse('1', () => askCaller()))
sync('toJSON', async () => JSON.parse(JSON.stringify({ toJSON: () => askCaller() })))
sync('executor of a promise', async () => new Promise((resolve) => resolve(askCaller())))
sync('callback of then', () => Promise.resolve().then(() => askCaller()))
async_('async callback of then', () => Promise.resolve().then(async () => askCaller()))
async_('after an await', async () => {
  await null
  return askCaller()
})
async_('after an await of the event loop', async () => {
  await nextTurn()
  return askCaller()
})
async_('in try', async () => {
  try {
    return askCaller()
  } finally {
    await null
  }
})
async_('in catch', async () => {
  try {
    throw await new Error('on purpose')
  } catch {
    return askCaller()
  }
})
async_('in finally', async () => {
  let seen /*: unknown */
  try {
    await null
  } finally {
    seen = askCaller()
  }
  return seen
})
sync('in finally of a function', () => {
  let seen /*: unknown */
  try {
    Number('1')
  } finally {
    seen = askCaller()
  }
  return seen
})
async_('in for await', async () => {
  for await (const value of [1]) return [value, askCaller()][1]
})
async_('in a switch, deep in blocks', async () => {
  for (const value of [1]) {
    if (value === 1) {
      switch (value) {
        case 1: {
          return askCaller()
        }
      }
    }
  }
})
async_('as an argument of await', async () => await askCaller())
async_('in a template', async () => `${askCaller()}`)
sync('function within an async function', async () => {
  function inner() {
    return askCaller()
  }
  return inner()
})
async_('async function within a function', () => {
  async function inner() {
    return askCaller()
  }
  return inner()
})
sync('generator within an async function', async () => {
  function* inner() /*: Generator<unknown> */ {
    yield askCaller()
  }
  return inner().next().value
})

// Default parameters
sync('default parameter', () => ((x /*: unknown */ = askCaller()) => x)())
async_('default parameter of an async function', () => {
  async function f(x /*: unknown */ = askCaller()) {
    return x
  }
  return f()
})
async_('default parameter of an async arrow function', () => (async (x /*: unknown */ = askCaller()) => x)())
sync('default in destructuring', () => {
  const { x = askCaller() } /*: { x?: unknown } */ = {}
  return x
})

// Ways to call
sync('by call', () => askCaller.call(undefined))
async_('by call in an async function', async () => askCaller.call(undefined))
sync('by apply', () => askCaller.apply(undefined, []))
async_('by apply in an async function', async () => askCaller.apply(undefined, []))
sync('bound', () => askCaller.bind(undefined)())
async_('bound, in an async function', async () => askCaller.bind(undefined)())
sync('by a Proxy', () => new Proxy(askCaller, {})())
async_('by a Proxy in an async function', async () => new Proxy(askCaller, {})())
sync('by Reflect.apply', () => Reflect.apply(askCaller, undefined, []))
async_('by Reflect.apply in an async function', async () => Reflect.apply(askCaller, undefined, []))
sync('by spreading', () => askCaller(...[]))
sync('by an optional call', () => askCaller?.())
async_('by an optional call in an async function', async () => askCaller?.())
async_('by a tagged template in an async function', async () => askCaller``)
sync('by new', () => new askCaller.asClass().seen)
sync('as a getter', () => Object.defineProperty({}, 'x', { get: askCaller }).x)
async_('as a getter, in an async function', async () => Object.defineProperty({}, 'x', { get: askCaller }).x)
sync('by a trap of a Proxy', () => new Proxy({}, { get: () => askCaller() }).x)
sync('by valueOf', () => {
  let seen /*: unknown */
  Number({
    valueOf() {
      seen = askCaller()
      return 1
    },
  })
  return seen
})
sync(
  'by an iterator of a function',
  () =>
    [
      ...{
        *[Symbol.iterator]() /*: Generator<unknown> */ {
          yield askCaller()
        },
      },
    ][0],
)

// From native code, which nothing is known of
async_('native: then', () => Promise.resolve().then(askCaller))
async_('native: map', () => [1].map(askCaller)[0])
async_('native: replace', () => 'x'.replace(/x/, askCaller))
async_('native: sort', () => {
  let seen /*: unknown */
  const f = new Proxy(askCaller, {})
  ;[2, 1].sort((...args /*: unknown[] */) => [args, 0][1])
  seen = [1].map(f)[0]
  return seen
})
async_('native: a timer', () => new Promise((resolve) => setTimeout(askCaller.andTell(resolve), 0)))
async_('native: setImmediate', () => new Promise((resolve) => setImmediate(askCaller.andTell(resolve))))
async_('native: queueMicrotask', () => new Promise((resolve) => queueMicrotask(askCaller.andTell(resolve))))
async_('native: nextTick', () => new Promise((resolve) => process.nextTick(askCaller.andTell(resolve))))
async_(
  'native: an event',
  () =>
    new Promise((resolve) => {
      const target = new EventTarget()
      target.addEventListener('x', askCaller.andTell(resolve))
      target.dispatchEvent(new Event('x'))
    }),
)
sync('callback of a timer', () => new Promise((resolve) => setTimeout(() => resolve(askCaller()), 0)))
async_('async callback of a timer', () => new Promise((resolve) => setTimeout(async () => resolve(askCaller()), 0)))
sync('callback of queueMicrotask', () => new Promise((resolve) => queueMicrotask(() => resolve(askCaller()))))

// Code made of text
sync('direct eval', () => eval('askCaller()'), 'unbundled')
async_('direct eval in an async function', async () => eval('askCaller()'), 'unbundled')
async_('direct eval within direct eval in an async function', async () => eval('eval("askCaller()")'), 'unbundled')
sync('arrow function in direct eval in an async function', async () => eval('(() => askCaller())()'), 'unbundled')
async_('async arrow function in direct eval', () => eval('(async () => askCaller())()'), 'unbundled')
async_('async arrow function that is all of an eval', () => eval('async () => askCaller()')(), 'unbundled')
sync(
  'arrow function that is all of an eval, in an async function',
  async () => eval('() => askCaller()')(),
  'unbundled',
)
sync('indirect eval', () => (0, eval)('askCaller()'))
async_('indirect eval in an async function', async () => (0, eval)('askCaller()'))
async_('async function in indirect eval', () => (0, eval)('(async function () { return askCaller() })')())
async_('async function in strict indirect eval', () =>
  (0, eval)('"use strict"; (async function () { return askCaller() })')(),
)
sync('new Function', () => new Function('return askCaller()')())
sync('new Function in an async function', async () => new Function('return askCaller()')())
sync('new Function in strict mode', () => new Function('"use strict"; return askCaller()')())
async_('AsyncFunction', () => Object.getPrototypeOf(globalThis.asyncFunction).constructor('return askCaller()')())
async_('AsyncFunction in strict mode', () =>
  Object.getPrototypeOf(globalThis.asyncFunction).constructor('"use strict"; return askCaller()')(),
)
sync('vm: a script', () => vm.runInThisContext('askCaller()'))
sync('vm: a script in strict mode', () =>
  vm.runInThisContext('"use strict"; askCaller()', { filename: '/a/script.js' }),
)
sync('vm: a function', () => vm.runInThisContext('(function () { return askCaller() })')())
async_('vm: an async function', () => vm.runInThisContext('(async function () { return askCaller() })')())
async_('vm: an async function that is all of its script', () => vm.runInThisContext('async () => askCaller()')())
async_('vm: an async function in strict mode, lines and columns counted from elsewhere', () =>
  vm.runInThisContext('"use strict";\n [1,\nasync () => askCaller()]', { lineOffset: 1000, columnOffset: 50 })[1](),
)
async_('vm: an async function in the first line, columns counted from elsewhere', () =>
  vm.runInThisContext('"use strict"; [1, async () => askCaller()]', { lineOffset: 1000, columnOffset: 50 })[1](),
)
async_('vm: an async function in another context', () =>
  vm.runInNewContext('"use strict"; [1, async () => askCaller()]', { askCaller })[1](),
)
sync('vm: a function in another context', () =>
  vm.runInNewContext('"use strict"; [1, () => askCaller()]', { askCaller })[1](),
)
async_('vm: lines that end by U+2028', () =>
  vm.runInThisContext('"use strict";\u2028[1,\u2028async () => askCaller()]')[1](),
)
async_('vm: a text that changes under the same name (1)', () =>
  vm.runInThisContext('"use strict"; [async () => askCaller()]', { filename: 'same.js' })[0](),
)
sync('vm: a text that changes under the same name (2)', () =>
  vm.runInThisContext('"use strict"; [/* */ () => askCaller()]', { filename: 'same.js' })[0](),
)
// Texts that begin with a function, and are more than that
sync('strict indirect eval that begins with an async function', () => (0, eval)('async function f() {}; "use strict"; askCaller()'))
sync('direct eval that begins with an async function', () => eval('async function f() {}; askCaller()'), 'unbundled')
async_('direct eval that begins with a function, in an async function', async () => eval('function f() {}; askCaller()'), 'unbundled')
sync('vm: a script in strict mode with a URL', () => vm.runInThisContext('"use strict"; askCaller()', { filename: 'file:///a/script.js' }))
sync('vm: a compiled function in strict mode with a URL', () =>
  vm.compileFunction('"use strict"; return askCaller()', [], { filename: 'file:///a/function.js' })())
async_('vm: an async function whose lines are counted from before it', () =>
  vm.runInThisContext('"use strict";\n[async () => askCaller()]', { lineOffset: -1 })[0]())

// In promise jobs, natively: who waits for them has not called
async_('native: then, awaited in a function that is not async', () => Promise.resolve().then(askCaller))
async_('native: a thenable', async () => await { then: askCaller.andResolve })
