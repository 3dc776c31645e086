/** Makes pictures of the report of the fixture, at two widths and in both themes, in `reports/screenshots`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type FailureRow, renderReport } from 'ambisync/bench'
import { launchBrowser } from './browser.ts'
import { fixtureReport } from './fixture-report.ts'

const root = new URL('../../../../../', import.meta.url)
const folder = new URL('reports/screenshots/', root)
await mkdir(folder, { recursive: true })
const matrix: { cells: FailureRow[] } = JSON.parse(
  await readFile(new URL('docs/data/failure-matrix.json', root), 'utf8'),
)
const file = fileURLToPath(new URL('report.html', folder))
await writeFile(file, await renderReport(fixtureReport(), { failures: matrix.cells }))

await using browser = await launchBrowser()
for (const width of [390, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.context.newPage()
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(pathToFileURL(file).href)
    await page.locator('.chart svg').first().waitFor()
    const shoot = async (name: string): Promise<void> => {
      await page.screenshot({ path: fileURLToPath(new URL(`${name}-${width}-${colorScheme}.png`, folder)) })
    }
    await shoot('top')
    for (const [name, selector] of [
      ['number', '#scenario-1'],
      ['payload', '#scenario-3'],
      ['capabilities', '#capabilities'],
      ['failures', '#failures'],
      ['results', '#results'],
    ] as const) {
      await page.locator(selector).evaluate((element) => element.scrollIntoView())
      await shoot(name)
    }
    await page
      .locator('.scenario figure')
      .nth(1)
      .evaluate((element) => element.scrollIntoView())
    await shoot('ratios')
    await page.locator('.filters').evaluate((element) => element.style.setProperty('position', 'static'))
    // All of a chart, also where it is longer than the screen.
    for (const [name, index] of [
      ['figure-distributions', 0],
      ['figure-ratios', 1],
      ['figure-sweep', 4],
    ] as const) {
      const figure = page.locator('.scenario figure').nth(index)
      await figure.screenshot({ path: fileURLToPath(new URL(`${name}-${width}-${colorScheme}.png`, folder)) })
    }
    await page.close()
  }
}
console.log(fileURLToPath(folder))
