// Every screen in its states as a picture, compared with the accepted one; on the same visit axe looks at it in both
// themes, and nothing may scroll sideways. A screen is a row in rows/*.ts; docs/screens.md shows all of them.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, test } from 'vitest'
import { findBrowser } from '../browser.ts'
import { findViolations } from '../find-violations.ts'
import { startJourney, type Journey } from '../journey.ts'
import { acceptedFolder, acceptedPath, judgeShot, pack } from './compare-shots.ts'
import { isPictured, listShots, screens, shotName, viewsOf } from './screens.ts'
import { pagePath, writePage } from './show-screens.ts'
import { themeOf, type Screen, type View } from './screen.ts'
import { openStudio, shoot, type Studio } from './studio.ts'
import { seedWorld } from './world/world.ts'

const { isPinned } = await findBrowser()
const isAccepting = process.env['SCREENS'] === 'accept'

let journey: Journey
let studio: Studio
beforeAll(async () => {
  // What the clock starts would tidy away what is old, and in this world everything is.
  journey = await startJourney({ stack: { clock: false } })
  studio = await openStudio(await seedWorld(journey))
  const [first] = screens
  // The first visit waits for everything to start.
  if (first !== undefined) await studio.open(first, 'phone-light', () => Promise.resolve())
  if (isAccepting) mkdirSync(acceptedFolder, { recursive: true })
  if (!isPinned) console.warn('Pictures are compared in the pinned browser only (Linux x64): here only axe looks.')
})
afterAll(async () => {
  await studio?.stop()
  await journey?.stop()
  if (isAccepting) tidyUp()
})

/** Pictures of screens that are gone go, and the page shows those that are there. */
function tidyUp(): void {
  const known = new Set(listShots().map(acceptedPath))
  for (const file of readdirSync(acceptedFolder)) {
    const path = join(acceptedFolder, file)
    if (!known.has(path)) rmSync(path)
  }
  writeFileSync(pagePath, writePage())
}

const otherTheme = (view: View) => (themeOf(view) === 'light' ? 'dark' : 'light')
const overflowPx = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const drawingMs = 4000

/** Drawing ends a moment after the page is still: the last picture counts. */
async function shootAs(page: Page, screen: Screen, name: string): Promise<string | null> {
  const until = performance.now() + drawingMs
  for (;;) {
    const told = await judgeShot(name, await shoot(page, screen))
    if (told === null || performance.now() > until) return told
  }
}

async function accept(page: Page, screen: Screen, name: string): Promise<void> {
  let before = await shoot(page, screen)
  for (let tries = 0; tries < 10; tries += 1) {
    const now = await shoot(page, screen)
    if (now.equals(before)) break
    before = now
  }
  // What looks the same stays the same file.
  if ((await judgeShot(name, before)) !== null) writeFileSync(acceptedPath(name), await pack(before))
}

async function look(page: Page, screen: Screen, view: View): Promise<string[]> {
  const name = shotName(screen, view)
  const told: string[] = []
  if (isPictured(screen) && isAccepting) await accept(page, screen, name)
  if (isPictured(screen) && isPinned && !isAccepting) {
    const difference = await shootAs(page, screen, name)
    if (difference !== null) told.push(difference)
  }
  if ((await overflowPx(page)) > 0) told.push(`${name} scrolls sideways`)
  const violations = await findViolations(page)
  // Colours are all that a theme changes.
  if (!viewsOf(screen).some((other) => themeOf(other) !== themeOf(view))) {
    await page.emulateMedia({ colorScheme: otherTheme(view) })
    violations.push(...(await findViolations(page, ['color-contrast'])))
  }
  return [...told, ...violations.map((violation) => `${name}: ${violation}`)]
}

test.concurrent.for(screens.flatMap((screen) => viewsOf(screen).map((view) => ({ screen, view }))))(
  '$screen.name, $view',
  async ({ screen, view }, context) => {
    context.expect(await studio.open(screen, view, (page) => look(page, screen, view))).toEqual([])
  },
)
