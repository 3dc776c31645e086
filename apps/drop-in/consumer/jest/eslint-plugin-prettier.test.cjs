const { Linter } = require('eslint')
const prettier = require('eslint-plugin-prettier')

const check = (code, options = {}) =>
  new Linter().verify(code, [
    { plugins: { prettier }, rules: { 'prettier/prettier': ['error', { singleQuote: true, ...options }] } },
  ])

it('reports what prettier would change', () => {
  expect(check("const a = 'b';\n")).toEqual([])
  expect(check('const a = "b"').map(({ message }) => message)).toEqual(['Replace `"b"` with `\'b\';⏎`'])
})
