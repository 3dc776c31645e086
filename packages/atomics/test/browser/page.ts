/** The page: has its worker run cases, and tells what comes of each. */

const worker = new Worker(new URL('./suite-worker.js', import.meta.url), { type: 'module' })

function next<T>(): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<T>) => resolve(data)
    worker.onerror = (event) => reject(new Error(`uncaught in the page's worker: ${event.message}`))
  })
}

/** Resolves to the names of the cases. */
const names = next<readonly string[]>()

async function run(name: string): Promise<string | undefined> {
  await names
  const failure = next<string | undefined>()
  worker.postMessage(name)
  return await failure
}

Object.assign(globalThis, { suite: { names, run } })
