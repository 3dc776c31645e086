import type * as Undici from 'undici'
import { type FetchClasses, fetchClasses } from './undici.ts'

const classes: FetchClasses = fetchClasses()

/** undici's own classes: those of the responses, and for what is given to `fetch`, in both modes. */
export const Headers: typeof Undici.Headers = classes.Headers
export type Headers = Undici.Headers
export const FormData: typeof Undici.FormData = classes.FormData
export type FormData = Undici.FormData
export const Request: typeof Undici.Request = classes.Request
export type Request = Undici.Request
export const Response: typeof Undici.Response = classes.Response
export type Response = Undici.Response
