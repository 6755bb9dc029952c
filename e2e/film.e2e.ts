// Films and sounds the whole way: through the browser, the pipeline, and out of the player again. Signatures live for
// seconds here, so that they end while something plays.
import type { Locator, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiClient } from '@shoebox/testing/api-client.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { addCaptions, twoCues } from '@shoebox/testing/samples/time-based/captioned-films.ts'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { aac, h264, makeFilmIn, makeMatroska, makeMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { makeMp3WithCover } from '@shoebox/testing/samples/time-based/sounds.ts'
import { findViolations } from './find-violations.ts'
import { chooseFiles, startJourney, tilesBy, uploadRow, type ChosenFile, type Journey } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  // A signature ends 4 to 6 seconds after it was made.
  journey = await startJourney({ stack: { deliveryBucketSeconds: 2 } })
})
afterAll(() => journey?.stop())

const dialog = (page: Page) => page.getByRole('dialog')

async function addAndOpen(page: Page, who: string, kind: 'Video' | 'Audio', file: ChosenFile): Promise<void> {
  await journey.enterAs(page, who)
  await chooseFiles(page, [file])
  await uploadRow(page, file.name).getByText('In the feed').waitFor({ timeout: 90_000 })
  await page
    .getByRole('link', { name: `${kind} by ${who}` })
    .first()
    .click()
  await dialog(page).waitFor()
}

/** What was answered when something was played. */
function watchPlay(page: Page): Response[] {
  const answers: Response[] = []
  page.on('response', (response) => {
    if (response.request().method() === 'GET' && new URL(response.url()).pathname.endsWith('/play'))
      answers.push(response)
  })
  return answers
}

const at = (media: Locator) => media.evaluate((element: HTMLMediaElement) => element.currentTime)

/** 45 s whose sound is noise that nothing makes smaller: 20 MB, more than a browser fetches ahead. */
const makeLongFilm = (): Promise<Buffer> =>
  makeMp4({
    options: { movflags: 'faststart' },
    streams: [
      { ...h264, source: 'testsrc2=size=160x90:rate=5:duration=45,format=yuv420p', gopSize: 5 },
      {
        source: 'anoisesrc=duration=45:sample_rate=96000,aformat=sample_fmts=s32:channel_layouts=stereo',
        encoder: 'flac',
      },
    ],
  })

test('a film plays, is sought by range, and goes on at the same second when its signature has ended', async () => {
  const page = await journey.openPage()
  const answers = watchPlay(page)
  await addAndOpen(page, 'Mara', 'Video', { name: 'walk.mp4', mimeType: 'video/mp4', buffer: await makeLongFilm() })
  const video = dialog(page).locator('video')
  await pollUntil(async () => (await at(video)) > 0.3, { what: 'the film to play by itself', timeoutMs: 30_000 })
  expect(answers[0]?.status()).toBe(206)
  const first = answers[0]?.url() ?? ''

  await pollUntil(async () => (await fetch(first, { headers: { range: 'bytes=0-0' } })).status === 403, {
    what: 'the end of its first signature',
  })
  await video.evaluate((element: HTMLVideoElement) => (element.currentTime = 40))
  await pollUntil(async () => (await at(video)) > 40.3, { what: 'the film to play on at second 40', timeoutMs: 30_000 })
  const last = answers.at(-1)
  expect(last?.status()).toBe(206)
  expect(last?.url()).not.toBe(first)
  expect(last?.headers()['content-range']).toMatch(/^bytes [1-9]/)
  expect(answers.some((answer) => answer.status() === 403)).toBe(true)
  expect(await dialog(page).getByRole('alert').count()).toBe(0)
})

test('keys play, mute and seek; the arrows of the viewer stay the arrows of the viewer', async () => {
  const page = await journey.openPage()
  const buffer = await makeMp4({ streams: [h264, aac] })
  await addAndOpen(page, 'Nils', 'Video', { name: 'short.mp4', mimeType: 'video/mp4', buffer })
  const video = dialog(page).locator('video')
  const ask = (what: 'muted' | 'paused') => video.evaluate((element, key) => (element as HTMLVideoElement)[key], what)
  await pollUntil(() => video.evaluate((element: HTMLVideoElement) => element.readyState > 0), { what: 'its length' })
  await pollUntil(async () => !(await ask('paused')), { what: 'playing by itself' })
  await page.keyboard.press('m')
  expect(await ask('muted')).toBe(true)
  await page.keyboard.press(' ')
  await pollUntil(() => ask('paused'), { what: 'a pause' })
  await page.keyboard.press(' ')
  await pollUntil(async () => !(await ask('paused')), { what: 'playing' })
  const address = page.url()
  await video.focus()
  await page.keyboard.press('ArrowRight')
  await pollUntil(async () => (await at(video)) > 2.5, { what: 'the end' })
  expect(page.url()).toBe(address)
})

test('captions are turned on by key and by button, in a language that is remembered, long after the film was opened', async () => {
  const page = await journey.openPage()
  const captions = [
    { as: 'srt', text: twoCues, language: 'deu' },
    { as: 'srt', text: twoCues.replace('Hello', 'Hi'), language: 'eng' },
  ] as const
  const buffer = await addCaptions({ film: await makeMp4(), format: 'mp4', captions })
  const asked: Response[] = []
  page.on('response', (response) => response.url().includes('/captions-') && asked.push(response))
  const answers = watchPlay(page)
  await addAndOpen(page, 'Pia', 'Video', { name: 'spoken.mp4', mimeType: 'video/mp4', buffer })
  const button = dialog(page).getByRole('button', { name: 'Captions' })
  await button.waitFor()
  expect(await findViolations(page)).toEqual([])
  await pollUntil(
    async () => (await fetch(answers[0]?.url() ?? '', { headers: { range: 'bytes=0-0' } })).status === 403,
    { what: 'the end of the first signature' },
  )
  expect(asked).toHaveLength(0)

  const shown = () =>
    dialog(page)
      .locator('video')
      .evaluate((film: HTMLVideoElement) => {
        film.currentTime = 1
        const track = [...film.textTracks].find(({ mode }) => mode === 'showing')
        const [cue] = [...(track?.activeCues ?? [])]
        return cue instanceof VTTCue ? [track?.language, track?.label, cue.text] : null
      })
  await page.keyboard.press('c')
  await pollUntil(async () => (await shown())?.join(), { what: 'the first captions' })
  expect(await shown()).toEqual(['de', 'German', 'Hello you &amp; me'])
  expect(asked.map((answer) => [answer.status(), answer.headers()['content-type']])).toEqual([
    [200, 'text/vtt; charset=utf-8'],
  ])
  await button.click()
  const sheet = page.getByRole('dialog', { name: 'Captions' })
  expect(await findViolations(page)).toEqual([])
  await sheet.getByRole('radio', { name: 'English' }).check()
  await sheet.getByRole('button', { name: 'Close' }).click()
  await pollUntil(async () => (await shown())?.[0] === 'en', { what: 'the other captions' })
  await page.reload()
  await pollUntil(async () => (await shown())?.[2] === 'Hi you &amp; me', { what: 'the remembered captions' })
  await page.keyboard.press('c')
  expect(await shown()).toBeNull()
})

/** Words in it stand in clusters that nobody can follow: a copy without them is not made. */
async function makeUncopiedFilm(): Promise<Buffer> {
  const captions = [{ as: 'srt', text: twoCues }] as const
  const film = await addCaptions({ film: await makeMatroska(), format: 'matroska', captions })
  const cluster = film.indexOf(Buffer.from('1f43b675', 'hex'))
  const block = film.indexOf(0xa3, cluster + 16)
  return film.fill(0, block, block + 4)
}

const alac = { source: 'sine=frequency=440:duration=3', encoder: 'alac' }
const mpeg4 = { ...h264, encoder: 'mpeg4', options: {} }

test('what this browser cannot play says so to its owner and to a visitor, and both are told the way to the file', async () => {
  const [owner, visitor] = [await journey.openPage(), await journey.openPage()]
  await journey.enterAs(owner, 'Quirin')
  const cases = [
    ['video/quicktime', await makeFilmIn('prores'), 'Your browser cannot play ProRes.'],
    ['audio/mp4', await encodeMedia({ format: 'ipod', streams: [alac] }), 'Your browser cannot play Apple Lossless.'],
    ['video/mp4', await makeMp4({ streams: [mpeg4, aac] }), 'Your browser can only play the sound of MPEG-4.'],
    ['video/matroska', await makeUncopiedFilm(), 'This video cannot be played here.'],
  ] as const
  const nameOf = (type: string) => type.replace('/', '.')
  const files = cases.map(([mimeType, buffer]) => ({ name: nameOf(mimeType), mimeType, buffer }))
  await chooseFiles(owner, files)
  for (const { name } of files) await uploadRow(owner, name).getByText('In the feed').waitFor({ timeout: 90_000 })
  const { items } = await createApiClient(journey.stack.siteOrigin).api.feed.page.query({})

  for (const [type, , sentence] of cases) {
    const item = items.find((one) => one.type === type && one.owner.name === 'Quirin')
    const [told, toldVisitor] = [owner, visitor].map((page) => dialog(page).getByRole('alert')) as [Locator, Locator]
    await Promise.all([owner, visitor].map((page) => page.goto(`${journey.stack.siteOrigin}/p/${item?.id}`)))
    await told.getByText(sentence).waitFor()
    const saved = owner.waitForEvent('download')
    await told.getByRole('button', { name: 'Download' }).click()
    expect((await saved).suggestedFilename()).toBe(nameOf(type))

    await toldVisitor.getByText(sentence).waitFor()
    if (item?.hasPlay === false) {
      expect(await findViolations(owner)).toEqual([])
      await toldVisitor.getByText('only Quirin can download it').waitFor()
      expect(await toldVisitor.locator('a, button').count()).toBe(0)
    } else {
      const opened = visitor.waitForEvent('popup')
      await toldVisitor.getByRole('link', { name: 'Open the file' }).click()
      await (await opened).close()
    }
  }
})

test('a sound shows its words and its waveform, and is sought on it by keys and by pointer', async () => {
  const page = await journey.openPage()
  const file = { name: 'tone.mp3', mimeType: 'audio/mpeg', buffer: await makeMp3WithCover() }
  await addAndOpen(page, 'Ola', 'Audio', file)
  await dialog(page).getByText('A tone').waitFor()
  await dialog(page).getByText('An oscillator').waitFor()
  await page.keyboard.press('i')
  await dialog(page).getByText('tone.mp3').waitFor()
  expect(await findViolations(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await findViolations(page)).toEqual([])
  await page.keyboard.press('i')
  const slider = dialog(page).getByRole('slider', { name: 'Position' })
  await pollUntil(async () => (await slider.locator('path').count()) === 2, { what: 'the waveform' })
  await pollUntil(async () => (await slider.getAttribute('aria-valuetext')) === '0:00 of 0:03', { what: 'its length' })
  const audio = dialog(page).locator('audio')
  await slider.focus()
  await page.keyboard.press('End')
  await pollUntil(async () => (await at(audio)) > 2.9, { what: 'the end' })
  const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await pollUntil(async () => Math.abs((await at(audio)) - 1.5) < 0.2, { what: 'the middle' })
  await dialog(page).getByRole('button', { name: 'Play' }).click()
  await dialog(page).getByRole('button', { name: 'Pause' }).waitFor()
  expect(await tilesBy(page, 'Ola').count()).toBe(0)
})
