export { type DeasyncOptions, deasync } from './deasync.ts'
