/**
 * The code blocks of a Markdown file: the files that they name, the programs among them, and what those print. A block is of
 * one of these languages, and any other is a problem:
 *
 * - `js`, `ts`: a file, named in the first line; `main…` is a program, and is run
 * - `console`: what the program before it prints, compared
 * - `json`: a part of a file, parsed
 * - `sh`: commands, which have to be known ones; what they name has to exist
 * - `text`: a picture, which nothing checks
 */
import { marked } from 'marked'

const fileName = /^(?:\/\/|#) ([\w./-]+\.(?:js|cjs|ts))\n/

/**
 * @typedef {{ name: string, code: string }} File
 * @typedef {{ name: string, output: string | undefined }} Program
 * @param {string} markdown
 * @returns {{ files: File[], programs: Program[], commands: string[], spans: string[], problems: string[] }}
 */
export function readBlocks(markdown) {
  const files = []
  const programs = []
  const commands = []
  const spans = []
  const problems = []
  let program
  const visit = (token) => {
    if (token.type === 'codespan') spans.push(token.text)
    if (token.type === 'link') checkLink(token.href, problems)
    if (token.type !== 'code') return
    const { lang, text } = token
    if (lang === 'js' || lang === 'ts') {
      const name = fileName.exec(`${text}\n`)?.[1]
      if (name === undefined) problems.push(`a block does not name its file in its first line: ${text.slice(0, 60)}`)
      else files.push({ name, code: `${text}\n` })
      if (name !== undefined && /^main[\w-]*\.(js|cjs|ts)$/.test(name)) {
        program = { name, output: undefined }
        programs.push(program)
      }
    } else if (lang === 'console') {
      if (program === undefined || program.output !== undefined)
        problems.push(`no program prints: ${text.slice(0, 60)}`)
      else program.output = `${text}\n`
    } else if (lang === 'sh') {
      commands.push(...text.split('\n'))
    } else if (lang === 'json') {
      parseJson(text, problems)
    } else if (lang !== 'text') {
      problems.push(`a block in "${lang}" is neither executed nor a picture (text)`)
    }
  }
  marked.walkTokens(marked.lexer(markdown), visit)
  return { files, programs, commands, spans, problems }
}

/** Where a link to elsewhere leads is not looked at, there may be no network; those within the repository are by links.test.ts. */
function checkLink(href, problems) {
  if (/^[a-z]+:/i.test(href) && !(href.startsWith('https://') && URL.canParse(href))) {
    problems.push(`a link is no address of https: ${href}`)
  }
}

/** A block of JSON is a part of a file, and has to be right. */
function parseJson(text, problems) {
  try {
    JSON.parse(text)
  } catch (error) {
    problems.push(`a block of JSON is none: ${error.message}`)
  }
}
