// How long a page is busy with 5,000 files that are chosen at once: the whole app, panel and all, against Uppy's core
// alone.
import type { CDPSession, Page } from 'playwright-core'
import { launchBrowser } from '@shoebox/e2e/browser.ts'
import type { Journey } from '@shoebox/e2e/journey.ts'
import { median, type BenchLine } from '../bench-row.ts'

const count = 5000
const rounds = 5
/** By then everything that the choice set off has been drawn. */
const settleMs = 1500

async function readTaskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

/** Milliseconds of the main thread from the choice until the page is at rest, without what it does anyway. */
async function measureChoice(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  // Made before the clock starts: a picker makes them in another process.
  await page.evaluate((files) => {
    const transfer = new DataTransfer()
    for (let i = 0; i < files; i += 1)
      transfer.items.add(new File(['x'.repeat(64)], `IMG_${i}.jpg`, { type: 'image/jpeg' }))
    const input = document.querySelector<HTMLInputElement>('input[type=file]')
    if (input !== null) input.files = transfer.files
  }, count)
  const idle = await spend(page, session, () => undefined)
  const busy = await spend(page, session, () => {
    document.querySelector('input[type=file]')?.dispatchEvent(new Event('change', { bubbles: true }))
  })
  return busy - idle
}

async function spend(page: Page, session: CDPSession, act: () => void): Promise<number> {
  const before = await readTaskMs(session)
  await page.evaluate(act)
  await page.waitForTimeout(settleMs)
  return (await readTaskMs(session)) - before
}

export async function measureAccepting(journey: Journey, pagesOrigin: string): Promise<BenchLine[]> {
  const figures = { ours: [] as number[], uppy: [] as number[] }
  const other = await launchBrowser()
  try {
    for (let round = 0; round < rounds; round += 1) {
      const page = await journey.openPage()
      await journey.signUp(page, `Person ${round}`)
      // What follows the choice is not its cost: the first pre-flight waits for ever.
      await page.route('**/api/trpc/uploads.begin', () => undefined)
      // The queue itself is fetched when the page has come to rest.
      await page.waitForTimeout(3000)
      figures.ours.push(await measureChoice(page))
      await page.getByText('of 5,000 files').waitFor()
      await page.context().close()
      const peer = await other.newPage()
      await peer.goto(`${pagesOrigin}/uppy#http://127.0.0.1:9/none`)
      await peer.evaluate(() => window.uppy.setOptions({ autoProceed: false }))
      figures.uppy.push(await measureChoice(peer))
      await peer.close()
    }
  } finally {
    await other.close()
  }
  return [
    {
      work: '5,000 files chosen at once',
      measure: 'main-thread ms',
      ours: median(figures.ours),
      comparisons: [{ against: 'peer: Uppy 6, core alone', value: median(figures.uppy) }],
      oursMax: 200,
    },
  ]
}
