import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The folder of this package, from where the entries are resolved. */
const packageFolder = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Bundles scripts as a user would, and puts them, and a page that loads `page.js`, into a folder of their own.
 *
 * @param entries what each file is made of, by its name without the extension
 */
export async function bundle(entries: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ambisync-site-'))
  await build({
    absWorkingDir: packageFolder,
    entryPoints: Object.entries(entries).map(([out, path]) => ({ out, in: path })),
    bundle: true,
    format: 'esm',
    outdir: folder,
    // Tasks of the suite that are for Node only ask for its modules when they are called.
    external: ['node:*'],
    logLevel: 'warning',
  })
  await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>')
  return folder
}
