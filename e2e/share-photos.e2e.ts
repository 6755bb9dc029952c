// The main job in real browsers on the whole system: an account, a photo, everyone sees it, people like it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostileSamples } from '@shoebox/testing/samples/hostile.ts'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { refusalSentences } from '../apps/web/src/words/en-refusals.ts'
import { chooseFiles, fillSignUp, startJourney, tilesBy, uploadRow, type ChosenFile, type Journey } from './journey.ts'

declare global {
  interface Window {
    /** Every hold on the screen that the page has had. */
    locks: WakeLockSentinel[]
  }
}

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

/** No two of a test are alike in content when their widths differ. */
const photo = async (name: string, widthPx: number, heightPx = 400): Promise<ChosenFile> => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await (await openScene(widthPx, heightPx)).jpeg().toBuffer(),
})

test('a new person signs up, adds photos, and a stranger who looks at the feed sees them without a reload', async () => {
  const stranger = await journey.openPage()
  await stranger.getByRole('heading', { name: 'The box is still empty' }).waitFor()

  const page = await journey.openPage()
  await journey.signUp(page, 'Ada')
  await chooseFiles(page, [await photo('one.jpg', 600), await photo('two.jpg', 300)])
  await uploadRow(page, 'one.jpg').getByText('In the feed').waitFor()
  await uploadRow(page, 'two.jpg').getByText('In the feed').waitFor()
  await tilesBy(page, 'Ada').nth(1).waitFor()

  await tilesBy(stranger, 'Ada').nth(1).waitFor()
  await pollUntil(() =>
    stranger
      .locator('li img')
      .first()
      .evaluate((image: HTMLImageElement) => image.naturalWidth > 0),
  )
  expect(await tilesBy(stranger, 'Ada').count()).toBe(2)

  await tilesBy(page, 'Ada').first().click()
  const opened = page.getByRole('dialog')
  await opened.getByRole('button', { name: 'Add a caption' }).click()
  await opened.getByRole('textbox', { name: 'Caption' }).fill('Home at last')
  await opened.getByRole('textbox', { name: 'Description' }).fill('A lake in the evening')
  await opened.getByRole('button', { name: 'Save' }).click()
  await opened.getByText('Home at last').waitFor()
  await opened.getByRole('img', { name: 'A lake in the evening' }).waitFor()
  await stranger.goto(page.url())
  await stranger.getByRole('dialog').getByText('Home at last').waitFor()
  await stranger.getByRole('dialog').getByRole('img', { name: 'A lake in the evening' }).waitFor()
  expect(await stranger.getByRole('button', { name: 'Edit caption and description' }).count()).toBe(0)
})

test('two people like the same photo: each sees it at once, both are counted, and a reload agrees', async () => {
  const [one, two] = [await journey.openPage(), await journey.openPage()]
  await journey.enterAs(one, 'Björk')
  await journey.enterAs(two, 'Chidi')
  const heart = (page: typeof one) => page.getByRole('button', { name: /^Like,/ }).first()

  await Promise.all([heart(one).click(), heart(two).click()])
  for (const page of [one, two]) {
    const both = page.getByRole('button', { name: 'Like, 2 likes', pressed: true })
    // The edge shares the first page, and with it the count, for up to 10 seconds.
    await pollUntil(
      async () => {
        await page.reload()
        return both.waitFor({ timeout: 3000 }).then(
          () => true,
          () => null,
        )
      },
      { timeoutMs: 30_000 },
    )
  }
  const button = one.getByRole('button', { name: 'Like, 2 likes' })
  await button.focus()
  await button.press('Enter')
  await one.getByRole('button', { name: 'Like, 1 like', pressed: false }).waitFor()
  // The focus stays where it was: the row was not built anew.
  expect(await one.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Like, 1 like')
})

test('every kind of bad file is refused with its sentence, and the good one between them is shown', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Deniz')
  const wanted = [
    'a renamed program',
    'an SVG',
    'a truncated JPEG',
    'a pixel bomb',
    'a JPEG and a page',
    'random bytes',
  ]
  const samples = hostileSamples.filter((sample) => wanted.includes(sample.name))
  expect(samples.length).toBe(wanted.length)
  const bad = await Promise.all(
    samples.map(async (sample, i) => ({
      name: `${i}-${sample.fileName}`,
      mimeType: sample.declaredType,
      buffer: await sample.make(),
      reason: sample.reason,
    })),
  )
  const declared = [
    {
      name: 'notes.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7'),
      reason: 'type_not_allowed' as const,
    },
    { name: 'nothing.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0), reason: 'file_empty' as const },
  ]
  await chooseFiles(page, [...bad, ...declared, await photo('good.jpg', 500)])

  for (const { name, reason } of [...bad, ...declared]) {
    const row = uploadRow(page, name)
    await row.getByText('Refused').waitFor()
    // It moves to the others that were refused for the same a moment after it says so.
    await row.locator('xpath=ancestor::*[@data-group]').getByText(refusalSentences[reason].sentence).waitFor()
  }
  await uploadRow(page, 'good.jpg').getByText('In the feed').waitFor()
  await tilesBy(page, 'Deniz').first().waitFor()
  expect(await tilesBy(page, 'Deniz').count()).toBe(1)
})

test('files chosen while signed out wait, and are sent once their owner has signed in', async () => {
  const home = await journey.openPage()
  const person = await journey.enterAs(home, 'Eleni')

  const page = await journey.openPage()
  await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
  await chooseFiles(page, [await photo('patient.jpg', 480)])
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor()
  await page.getByText('1 file is waiting').waitFor()
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await uploadRow(page, 'patient.jpg').getByText('In the feed').waitFor()
})

test('a file dropped on the page is taken, and the panel survives going elsewhere', async () => {
  const page = await journey.openPage()
  await journey.enterAs(page, 'Farid')
  const { name, mimeType, buffer } = await photo('dropped.jpg', 520)
  const transfer = await page.evaluateHandle(
    ([base64, fileName, type]) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes], fileName, { type }))
      return data
    },
    [buffer.toString('base64'), name, mimeType] as const,
  )
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: transfer })
  await page.getByText('Drop to add').waitFor()
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
  await page.getByRole('link', { name: 'You' }).click()
  await page.getByRole('heading', { name: 'Farid' }).waitFor()
  await uploadRow(page, 'dropped.jpg').getByText('In the feed').waitFor()
})

test('a picture pasted into the page is sent', async () => {
  const page = await journey.openPage('/', { permissions: ['clipboard-read', 'clipboard-write'] })
  await journey.enterAs(page, 'Gita')
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 240)
    canvas.getContext('2d')?.fillRect(20, 20, 200, 100)
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': await canvas.convertToBlob() })])
  })
  await page.keyboard.press('ControlOrMeta+V')
  await uploadRow(page, 'image.png').getByText('In the feed').waitFor()
  await tilesBy(page, 'Gita').first().waitFor()
})

test('the screen stays on while files are sent, also after the page was hidden, and no longer', async () => {
  const page = await journey.openPage('/', { permissions: ['screen-wake-lock'] })
  await page.addInitScript(() => {
    const { wakeLock } = navigator
    const request = wakeLock.request.bind(wakeLock)
    window.locks = []
    wakeLock.request = async (type) => {
      const lock = await request(type)
      window.locks.push(lock)
      return lock
    }
  })
  await journey.enterAs(page, 'Hana')
  const readLocks = () => page.evaluate(() => window.locks.map(({ released }) => (released ? 'released' : 'held')))
  let isStuck = true
  let letGo = () => {}
  await page.route(
    (url) => url.searchParams.has('X-Amz-Signature'),
    (route) => {
      if (!isStuck || route.request().method() !== 'PUT') return route.continue()
      letGo = () => void route.continue()
    },
  )
  expect(await readLocks()).toEqual([])
  await chooseFiles(page, [await photo('long.jpg', 620)])
  await uploadRow(page, 'long.jpg').getByText('Sending').waitFor()
  await expect.poll(readLocks).toEqual(['held'])
  // What a browser does with a page that is hidden, and says of one that is seen again.
  await page.evaluate(async () => {
    await window.locks[0]?.release()
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect.poll(readLocks).toEqual(['released', 'held'])
  isStuck = false
  letGo()
  await uploadRow(page, 'long.jpg').getByText('In the feed').waitFor()
  await expect.poll(readLocks).toEqual(['released', 'released'])
})

test('the sign-up form says what is wrong, the code survives a reload, and a wrong code is refused', async () => {
  const page = await journey.openPage('/sign-up')
  const person = { name: 'Grace', email: 'grace@example.org', password: 'a few plain words' }
  await fillSignUp(page, person, 'something else entirely')
  await page.getByRole('button', { name: 'Create account' }).click()
  const again = page.getByLabel('Password again')
  expect(await again.getAttribute('aria-invalid')).toBe('true')
  expect(await again.evaluate((input) => input === document.activeElement)).toBe(true)
  await page.getByText(refusalSentences.passwords_differ.sentence).waitFor()

  await again.fill(person.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  const code = await journey.readCode(person.email)
  await page.reload()
  await page.getByLabel('Six-digit code').fill(code === '000000' ? '111111' : '000000')
  await page.getByText(refusalSentences.wrong_code.sentence).waitFor()
  await page.getByLabel('Six-digit code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await page.getByText('Welcome, Grace.').waitFor()

  await page.getByRole('link', { name: 'You' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
  await page.goto(`${journey.stack.siteOrigin}/you`)
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor()
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password at all')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText(refusalSentences.wrong_credentials.sentence).waitFor()
})

test('no page complained: no script error, nothing that the content policy had to stop', () => {
  expect(journey.complaints).toEqual([])
})
