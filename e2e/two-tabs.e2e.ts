// Two tabs of one browser share its session: when another person signs in from one, nothing that the other tab holds is
// added in their name.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BrowserContext, Page } from 'playwright-core'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey.stop())

const photo = async (name: string) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await (await openScene(600, 400)).jpeg().toBuffer(),
})
const begun = (page: Page) => page.waitForResponse((response) => response.url().includes('uploads.begin'))

/** The same browser is another person's from here on, and no tab is told. */
async function changeHands(context: BrowserContext, name: string): Promise<void> {
  const elsewhere = await journey.openPage()
  await journey.enterAs(elsewhere, name)
  await context.addCookies(await elsewhere.context().cookies())
  await elsewhere.context().close()
}

async function expectNothingOf(page: Page, names: readonly string[]): Promise<void> {
  await page.goto(journey.stack.siteOrigin)
  await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
  await journey.untilAnswered(page)
  for (const name of names) expect(await tilesBy(page, name).count()).toBe(0)
}

test('what was added before another person signs in from a second tab is not added as theirs', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Ann')
  let goOn = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  await page.route('**/api/trpc/uploads.begin*', async (route) => {
    await held
    await route.continue()
  })
  await chooseFiles(page, [await photo('of-ann.jpg')])
  await uploadRow(page, 'of-ann.jpg').waitFor()
  const second = await page.context().newPage()
  await journey.enterAs(second, 'Bob')
  // The first tab knows at once whose it is, and shows nothing of who was there before.
  await uploadRow(page, 'of-ann.jpg').waitFor({ state: 'detached' })
  const answer = begun(page)
  goOn()
  expect((await answer).status()).toBe(401)
  await expectNothingOf(page, ['Ann', 'Bob'])
  await page.context().close()
})

test('a tab that was told nothing learns of it when it adds a file, which is not added', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Cem')
  await changeHands(page.context(), 'Dora')
  const answer = begun(page)
  await chooseFiles(page, [await photo('of-cem.jpg')])
  expect((await answer).status()).toBe(401)
  await uploadRow(page, 'of-cem.jpg').waitFor({ state: 'detached' })
  // Nobody has to sign in: somebody has, and what they add is theirs.
  await chooseFiles(page, [await photo('of-dora.jpg')])
  await uploadRow(page, 'of-dora.jpg').getByText('In the feed').waitFor()
  await expectNothingOf(page, ['Cem'])
  await tilesBy(page, 'Dora').first().waitFor()
  expect(await tilesBy(page, 'Dora').count()).toBe(1)
  expect(journey.complaints).toEqual([])
})
