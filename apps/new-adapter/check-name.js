import { Script } from 'node:vm'
import validate from 'validate-npm-package-name'

/**
 * What is wrong with the name of a new adapter; undefined if nothing is.
 *
 * @param {string | undefined} name
 * @param {readonly string[]} taken names of the folders in `packages`
 * @returns {string | undefined}
 */
export function nameProblem(name, taken) {
  if (name === undefined || name === '') return 'give it a name: pnpm new-adapter NAME'
  if (name.includes('/')) return `"${name}" has a scope or a path: give the name alone, @ambisync/ comes before it`
  const { errors = [], warnings = [] } = validate(`@ambisync/${name}`)
  const problems = [...errors, ...warnings]
  if (problems.length > 0) return `npm takes no package @ambisync/${name}: ${problems.join(', ')}`
  // A file, a function and a class are called by it.
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name))
    return `"${name}" is not in kebab case: small letters and digits, in words that begin with a letter, joined by "-"`
  if (taken.includes(name)) return `there is a package packages/${name} already`
  if (!isIdentifier(camelCase(name))) return `"${name}" is a word of JavaScript, and its function would be called so`
  return undefined
}

/** `my-adapter` as `myAdapter`. */
export function camelCase(name) {
  return name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase())
}

/** `my-adapter` as `MyAdapter`. */
export function pascalCase(name) {
  const camel = camelCase(name)
  return `${camel[0].toUpperCase()}${camel.slice(1)}`
}

function isIdentifier(word) {
  try {
    new Script(`'use strict'; async () => { let ${word} }`)
    return true
  } catch {
    return false
  }
}
