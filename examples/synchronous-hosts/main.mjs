/** Hosts that are synchronous, with plugins that call what is not. */
import { fileURLToPath } from 'node:url'
import { transformSync } from '@babel/core'
import postcss from 'postcss'
import { postcssFingerprint } from './postcss-fingerprint.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

const babel = {
  plugins: [here('babel-plugin-format-css.cjs')],
  filename: here('button.js'),
  babelrc: false,
  configFile: false,
}
console.log(transformSync('const style = css`a{color:red}`', babel).code)

const processor = postcss(postcssFingerprint())
console.log(processor.process('.add { background: url(plus.svg) }', { from: here('button.css') }).css)

// An error of a worker is one of the plugin's own, with all that prettier and PostCSS say of the place.
try {
  transformSync('const style = css`a{color`', babel)
} catch (error) {
  console.log(error instanceof SyntaxError, error.code, error.loc)
  console.log(error.codeFrame)
}
try {
  console.log(processor.process('.add { background: url(minus.svg) }', { from: here('button.css') }).css)
} catch (error) {
  console.log(error.name, error.line, error.column, error.reason)
}
