import { expect, test } from 'vitest'
import { makeFeedApi, makeItem, mediaIdOf } from '../../test/make-item.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import type { FeedItem } from './feed-item.ts'
import { Feed } from './feed-store.ts'
import { layOutRows, planRows } from '@shoebox/shared/media/lay-out-rows.ts'
import { Tile } from './tile.tsx'
import type { Crowd } from './crowd.ts'
import { drawableCrowd } from './tiny-part.ts'

const layout = layOutRows([4 / 3], planRows(800, 4))
const user = { id: makeItem(1).owner.id, name: 'Ada', email: 'ada@example.org' }

async function open(changes: Partial<FeedItem> = {}, isMember = true, crowd: Crowd = 'roomy') {
  const api = makeFeedApi([makeItem(1, changes)])
  const feed = new Feed({ ...api, nowMs: () => 0 })
  await feed.loadFirst()
  const shoebox = makeShoebox({ feed, user: isMember ? user : null })
  const page = show(() => {
    const item = feed.find(mediaIdOf(1))
    return item === undefined ? null : <Tile item={item} layout={layout} crowd={crowd} />
  }, shoebox)
  return { page, feed }
}

test('an item is a real link to its own address, named by kind and owner', async () => {
  const { page } = await open()
  expect(need(page, 'a').getAttribute('href')).toBe(`/p/${mediaIdOf(1)}`)
  expect(need(page, 'img').getAttribute('alt')).toBe('Photo by Ada')
})

test('a picture of the size that is needed is asked for, under its signature', async () => {
  const { page } = await open()
  expect(need<HTMLImageElement>(page, 'img').src).toBe('https://media.example/v/1/thumb.webp?first')
})

test('its colour is there before the picture', async () => {
  const { page } = await open()
  expect(need(page, 'li').style.backgroundColor).not.toBe('')
})

test('an item without pictures says what it is', async () => {
  const { page } = await open({ kind: 'audio', type: 'audio/mpeg', derivatives: [], hasPoster: false })
  expect(page.querySelector('img')).toBeNull()
  expect(need(page, 'a').textContent).toContain('Audio by Ada')
})

test.each([
  [7_000, '0:07'],
  [61_500, '1:02'],
  [3_690_000, '1:01:30'],
])('a film of %d ms shows its poster and %s', async (durationMs, text) => {
  const { page } = await open({ kind: 'video', type: 'video/mp4', durationMs, hasPlay: true })
  expect(need(page, 'img').getAttribute('alt')).toBe('Video by Ada')
  expect(need(page, 'a').textContent).toContain(text)
})

test('a photo has no play mark', async () => {
  const { page } = await open()
  expect(page.querySelector('a svg')).toBeNull()
})

test('a like shows at once, in state and count, on the same button with the focus on it', async () => {
  const { page } = await open()
  const button = need<HTMLButtonElement>(page, 'button')
  button.focus()
  expect(button.getAttribute('aria-label')).toBe('Like, 0 likes')
  button.click()
  expect(button.getAttribute('aria-pressed')).toBe('true')
  expect(button.getAttribute('aria-label')).toBe('Like, 1 like')
  expect(need(page, 'button')).toBe(button)
  expect(document.activeElement).toBe(button)
})

test('a picture that does not load gets a new signature and is asked for again', async () => {
  const { page, feed } = await open()
  const image = need<HTMLImageElement>(page, 'img')
  feed.patch(mediaIdOf(1), { delivery: { ...makeItem(1).delivery, query: 'stale' } })
  image.dispatchEvent(new Event('error'))
  await expect.poll(() => image.src).toBe('https://media.example/v/1/thumb.webp?first')
})

test('among very many it is one element: a link that says what it is and where it stands', async () => {
  expect(drawableCrowd('tiny'), 'until they are fetched').toBe('crowded')
  await expect.poll(() => drawableCrowd('tiny')).toBe('tiny')
  const { page } = await open({}, true, 'tiny')
  const link = need(page, 'a')
  expect(page.querySelectorAll('*')).toHaveLength(1)
  expect(link.getAttribute('href')).toBe(`/p/${mediaIdOf(1)}`)
  expect(link.getAttribute('aria-label')).toBe('Photo by Ada, 1 of 1')
})

test('among many, what is pressed on it is made when somebody comes', async () => {
  const { page } = await open({ likeCount: 3 }, true, 'crowded')
  expect(page.querySelector('button')).toBeNull()
  need(page, 'a').focus()
  expect(need(page, 'button').getAttribute('aria-label')).toBe('Like, 3 likes')
})
