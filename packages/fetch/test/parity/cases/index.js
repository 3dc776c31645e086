// The table. A case says:
//   name       of the test
//   at, path   the server and its route; `url` or `input({ url, at, origins })` in their place
//   init       or a function that makes it, for what can be used only once
//   options    for `createFetch`, or a function of `{ origins }` that makes them; none for `fetch` itself
//   reads      ways of reading the response, one after the other; `bytes` where it says none
//   times      how often, 1 where it says none
//   except     `sync`: what a blocking call makes of it, where that cannot do the same
//   reference  what undici is given in place of `input` or `init`, where it has no such thing
import { connections } from './connections.js'
import { inputCases } from './inputs.js'
import { malformed } from './malformed.js'
import { methods } from './methods.js'
import { readings } from './readings.js'
import { redirects } from './redirects.js'
import { requestHeaders } from './request-headers.js'
import { responses } from './responses.js'
import { uploads } from './uploads.js'

export const cases = [
  ...methods,
  ...requestHeaders,
  ...uploads,
  ...responses,
  ...readings,
  ...redirects,
  ...malformed,
  ...connections,
  ...inputCases,
]
