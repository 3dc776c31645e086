/** Resolves when all that was written has been taken by whoever reads it: an exit would cut it off. */
export async function allPrinted(): Promise<void> {
  const streams = [process.stdout, process.stderr]
  await Promise.all(streams.map((stream) => new Promise((resolve) => stream.write('', resolve))))
}
