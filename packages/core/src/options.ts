/** For packages that are built on core: options are checked, and refused, by the same words everywhere. */
export { checkOptionNames, checkSignal } from './check-options.ts'
export { checkTimeout } from './deadline.ts'
export { describeType } from './describe-type.ts'
export { preview } from './preview.ts'
