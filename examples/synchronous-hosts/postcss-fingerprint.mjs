/** A PostCSS plugin: adds to each `url()` of a file what that has in it, for caches. The getter `css` cannot await. */
import { dirname, resolve } from 'node:path'
import { createSyncFn } from '@ambisync/synckit'

const fingerprint = createSyncFn(new URL('./fingerprint-worker.mjs', import.meta.url))

export const postcssFingerprint = () => ({
  postcssPlugin: 'postcss-fingerprint',
  Declaration(declaration) {
    const from = declaration.source.input.file
    const value = declaration.value.replaceAll(/url\(([\w./-]+)\)/g, (_, path) => {
      try {
        return `url(${path}?${fingerprint(resolve(dirname(from), path))})`
      } catch (error) {
        throw declaration.error(error.message.replace(dirname(from), '.'), {
          plugin: 'postcss-fingerprint',
          word: path,
        })
      }
    })
    // PostCSS visits again what has changed.
    if (value !== declaration.value) declaration.value = value
  },
})
