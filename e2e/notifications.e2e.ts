// What others did reaches whom it concerns: a dot on the way to it, one line for it, and the line leads there.
import { expect, afterAll, beforeAll, test } from 'vitest'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { chooseFiles, startJourney, uploadRow, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const list = (page: Page) => page.getByRole('list', { name: 'Notifications, newest first' })
const go = (page: Page, path: string) => page.goto(journey.stack.siteOrigin + path)

test('what somebody adds to a group is one line for the others, new until they have looked', async () => {
  const one = await journey.openPage('/', phone)
  await journey.enterAs(one, 'Ada')
  await go(one, '/groups')
  await one.getByRole('button', { name: 'New group' }).click()
  await one.getByLabel('Name').fill('Summer')
  await one.getByRole('button', { name: 'Create group' }).click()
  await one.getByRole('heading', { name: 'Summer', exact: true }).waitFor()
  const group = new URL(one.url()).pathname
  await one.getByRole('button', { name: 'Invite' }).click()
  await one.getByRole('button', { name: 'Make an invite' }).click()
  await one.getByRole('img', { name: /^QR code that leads to/ }).waitFor()
  const link = new URL((await one.getByRole('dialog').getByText('/join/').textContent()) ?? '').pathname
  await one.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

  const two = await journey.openPage('/', phone)
  await journey.enterAs(two, 'Bea')
  await go(two, '/notifications')
  await two.getByText('Nothing yet').waitFor()
  await go(two, link)
  await two.getByRole('button', { name: 'Join', exact: true }).click()
  await two.waitForURL(/\/g\/grp_/)

  const photos = [701, 702].map(async (widthPx) => ({
    name: `${widthPx}.jpg`,
    mimeType: 'image/jpeg',
    buffer: await (await openScene(widthPx, 300)).jpeg().toBuffer(),
  }))
  await chooseFiles(one, await Promise.all(photos))
  for (const name of ['701.jpg', '702.jpg'])
    await uploadRow(one, name).locator('xpath=self::*[@data-state="ready"]').waitFor()
  await journey.stack.lambdas.invoke('notify', {})

  await go(two, '/')
  const places = two.getByRole('navigation', { name: 'Places' })
  await places.getByRole('link', { name: /^You\s*1 new$/ }).tap()
  await two.getByRole('link', { name: /^Notifications/ }).tap()
  const line = list(two).getByRole('link', { name: /Ada added 2 items to Summer.*New/ })
  await line.waitFor()
  expect(await two.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await places.getByRole('link', { name: 'You', exact: true }).waitFor()
  await two.reload()
  await list(two)
    .getByRole('link', { name: /just now$|ago$/ })
    .waitFor()
  await list(two).getByRole('link').tap()
  await pollUntil(() => new URL(two.url()).pathname === group)
  expect(journey.complaints).toEqual([])
})
