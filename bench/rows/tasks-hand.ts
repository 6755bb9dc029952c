// Counts what a hand does on a page, as the page sees it: presses of the pointer and of keys that are no text, and the
// bytes that come over the line meanwhile.
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'

export type Effort = {
  readonly clicks: number
  readonly keys: number
  readonly kB: number
  readonly pictures: number
  readonly pictureKb: number
}

/** Runs in the page before its own scripts. What no person did is not trusted, and does not count. */
function watchHand(): void {
  const tell = Reflect.get(globalThis, 'tellHand') as (act: 'click' | 'key') => void
  addEventListener('pointerdown', (event) => event.isTrusted && tell('click'), true)
  addEventListener(
    'keydown',
    (event) => {
      const isText =
        event.key.length === 1 &&
        !event.ctrlKey &&
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea') !== null
      if (event.isTrusted && !event.repeat && !isText) tell('key')
    },
    true,
  )
}

export type Hand = { readonly page: Page; measure(task: () => Promise<void>): Promise<Effort> }

/** Nothing has come for so long: all that the task asked for is there. */
const quietMs = 1000

async function untilQuiet(count: () => number): Promise<void> {
  let before = -1
  while (before !== count()) {
    before = count()
    await wait(quietMs)
  }
}

/** The page must not have been opened yet, or is opened again afterwards. */
export async function watchPageHand(page: Page): Promise<Hand> {
  let acts: string[] = []
  let loaded: { bytes: number; isPicture: boolean }[] = []
  await page.exposeFunction('tellHand', (act: string) => void acts.push(act))
  await page.addInitScript(watchHand)
  const session = await page.context().newCDPSession(page)
  const pictureIds = new Set<string>()
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.mimeType.startsWith('image/')) pictureIds.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    loaded.push({ bytes: encodedDataLength, isPicture: pictureIds.has(requestId) }),
  )
  await session.send('Network.enable')
  return {
    page,
    async measure(task) {
      acts = []
      loaded = []
      await task()
      await untilQuiet(() => loaded.length)
      const sumKb = (entries: typeof loaded) => entries.reduce((sum, { bytes }) => sum + bytes, 0) / 1024
      const pictures = loaded.filter(({ isPicture }) => isPicture)
      return {
        clicks: acts.filter((act) => act === 'click').length,
        keys: acts.filter((act) => act === 'key').length,
        kB: sumKb(loaded),
        pictures: pictures.length,
        pictureKb: sumKb(pictures),
      }
    },
  }
}
