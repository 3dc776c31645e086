/**
 * Resolution of bare specifiers from a place that is not this module's, which `import.meta.resolve` cannot do without
 * a flag. Loaded only when one is met, so a file of its own.
 */
export { resolve } from 'import-meta-resolve'
