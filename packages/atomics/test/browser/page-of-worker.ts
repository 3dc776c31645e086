/** A page whose worker tells what comes of its program. */
const worker = new Worker(new URL('./in-worker.js', import.meta.url), { type: 'module' })

const outcome = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = (event) => reject(new Error(`uncaught in the page's worker: ${event.message}`))
})
Object.assign(globalThis, { outcome })
