/**
 * undici, loaded when it is first needed: all of it takes some 90 ms, its classes for requests and headers a third of that,
 * and its errors 3 ms. A program that only blocks never loads the whole in its own thread.
 */
import { createRequire } from 'node:module'
import type * as Undici from 'undici'

const require = createRequire(import.meta.url)

/** The whole package. */
export type UndiciModule = typeof Undici

let whole: UndiciModule | undefined

export function undici(): UndiciModule {
  whole ??= require('undici') as UndiciModule
  return whole
}

/** The same classes that the whole package exports, and what is seen of them from within it only. */
export interface FetchClasses {
  readonly Headers: typeof Undici.Headers
  readonly Request: typeof Undici.Request
  readonly Response: typeof Undici.Response
  readonly FormData: typeof Undici.FormData
  /** Names as they were written, which the standard's iteration changes to lower case. */
  readonly rawHeaders: (headers: Undici.Headers) => Iterable<{ readonly name: string; readonly value: string }>
  /** What a request's body was made of; null where that is a stream. */
  readonly sourceOf: (request: Undici.Request) => unknown
  /** The headers of a response cannot be changed. */
  readonly makeImmutable: (headers: Undici.Headers) => void
}

let classes: FetchClasses | undefined

export function fetchClasses(): FetchClasses {
  classes ??= loadClasses()
  return classes
}

// undici is pinned to one version: these files of its are as public to this package as the rest.
interface HeadersFile {
  readonly Headers: typeof Undici.Headers
  getHeadersList(headers: Undici.Headers): {
    rawValues(): Iterable<{ readonly name: string; readonly value: string }>
  }
  setHeadersGuard(headers: Undici.Headers, guard: 'immutable'): void
}

interface RequestFile {
  readonly Request: typeof Undici.Request
  getRequestState(request: Undici.Request): { readonly body: { readonly source: unknown } | null }
}

function loadClasses(): FetchClasses {
  // First: without what it defines, Request does not know bodies.
  const { Response } = require('undici/lib/web/fetch/response.js') as Pick<UndiciModule, 'Response'>
  const { Headers, getHeadersList, setHeadersGuard } = require('undici/lib/web/fetch/headers.js') as HeadersFile
  const { Request, getRequestState } = require('undici/lib/web/fetch/request.js') as RequestFile
  const { FormData } = require('undici/lib/web/fetch/formdata.js') as Pick<UndiciModule, 'FormData'>
  return {
    Headers,
    Request,
    Response,
    FormData,
    rawHeaders: (headers) => getHeadersList(headers).rawValues(),
    sourceOf: (request) => getRequestState(request).body?.source ?? null,
    makeImmutable: (headers) => setHeadersGuard(headers, 'immutable'),
  }
}

export function undiciErrors(): typeof Undici.errors {
  return require('undici/lib/core/errors.js') as typeof Undici.errors
}

/** The part of it that an exchange takes: a loop starts sooner by that. */
export function loadFetch(): UndiciModule['fetch'] {
  return (require('undici/lib/web/fetch/index.js') as Pick<UndiciModule, 'fetch'>).fetch
}

export function loadAgent(): UndiciModule['Agent'] {
  return require('undici/lib/dispatcher/agent.js') as UndiciModule['Agent']
}

/** The same functions that the whole package exports. */
export function mimeTypes(): Pick<UndiciModule, 'parseMIMEType' | 'serializeAMimeType'> {
  return require('undici/lib/web/fetch/data-url.js') as Pick<UndiciModule, 'parseMIMEType' | 'serializeAMimeType'>
}
