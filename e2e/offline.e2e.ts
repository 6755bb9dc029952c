import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { startJourney, tilesBy, type Journey } from './journey.ts'

let journey: Journey

beforeAll(async () => {
  journey = await startJourney()
})

afterAll(() => journey.stop())

/** A page that the service worker answers for, with everything that opens without a network. */
async function openKeptPage(): Promise<Page> {
  const page = await journey.openPage('/', { serviceWorkers: 'allow' })
  const isKept = () =>
    page.evaluate(
      async () => navigator.serviceWorker.controller !== null && (await caches.match('/offline')) !== undefined,
    )
  await pollUntil(isKept, { timeoutMs: 30_000, what: 'the service worker to keep the page' })
  return page
}

test('without a network the app opens, says so, and shows what it can when the network is back', async () => {
  const page = await openKeptPage()
  await page.context().setOffline(true)
  await page.goto(`${journey.stack.siteOrigin}/groups`)
  await page.getByRole('navigation', { name: 'Places' }).waitFor()
  await page.getByText('You are offline.').first().waitFor()
  await page.context().setOffline(false)
  await page.getByText('You are offline.').first().waitFor({ state: 'hidden' })
  await page.goto(journey.stack.siteOrigin)
  await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
})

test('what another app shares waits until its place is chosen, and is then sent', async () => {
  const page = await openKeptPage()
  await journey.signUp(page, 'Filiz')
  const photo = await (await openScene(400, 300)).jpeg().toBuffer()
  await page.evaluate(
    ([bytes]) => {
      const form = Object.assign(document.createElement('form'), {
        method: 'post',
        action: '/share',
        enctype: 'multipart/form-data',
      })
      const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files', multiple: true })
      const transfer = new DataTransfer()
      transfer.items.add(new File([new Uint8Array(bytes)], 'from gallery.jpg', { type: 'image/jpeg' }))
      input.files = transfer.files
      form.append(input)
      document.body.append(form)
      form.submit()
    },
    [[...photo]] as const,
  )
  await page.getByRole('heading', { name: 'Where does this file go?' }).waitFor()
  expect(await tilesBy(page, 'Filiz').count()).toBe(0)
  await page.getByRole('button', { name: 'Feed' }).click()
  await tilesBy(page, 'Filiz').first().waitFor()
  await page.goto(`${journey.stack.siteOrigin}/share`)
  await page.getByRole('heading', { name: 'Nothing was shared' }).waitFor()
})
