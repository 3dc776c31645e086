/** A library whose one function serves both kinds of caller. */
import { dual } from '@ambisync/core'
import { callerDetector } from '@ambisync/detect'
import { fetch } from '@ambisync/fetch'

const fetchText = dual({
  sync: (url) => fetch.sync(url).text(),
  async: async (url) => (await fetch.async(url)).text(),
})

/** The title of a page; a promise of it, if the caller is an async function. */
export const getTitle = dual(
  function* getTitle(url) {
    const page = yield* fetchText(url)
    return /<title>(.*?)<\/title>/.exec(page)?.[1]
  },
  { detector: callerDetector() },
).auto
