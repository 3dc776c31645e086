import * as typescript from '@typescript-eslint/parser'
import * as plain from 'eslint-parser-plain'
import prettier from 'eslint-plugin-prettier'

// Not the style of what is checked, so that there is much to report.
const style = {
  semi: true,
  singleQuote: false,
  useTabs: true,
  printWidth: 70,
  trailingComma: 'none',
  quoteProps: 'consistent',
}
const shared = {
  plugins: { prettier },
  rules: { 'prettier/prettier': ['error', style] },
  linterOptions: { reportUnusedDisableDirectives: 'off' },
}

export default [
  { ...shared, files: ['**/*.{js,cjs,mjs}'] },
  { ...shared, files: ['**/*.ts'], languageOptions: { parser: typescript } },
  // Reads anything as a program without statements: prettier is who finds what is wrong.
  { ...shared, files: ['broken/*.*', '**/*.{json,md}'], languageOptions: { parser: plain } },
]
