import { expect, test } from 'vitest'
import { makeFeedApi, makeItem, mediaIdOf } from '../../test/make-item.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import type { FeedItem } from '../feed/feed-item.ts'
import { Feed } from '../feed/feed-store.ts'
import { StagePlayer } from './stage-player.tsx'

async function open(changes: Partial<FeedItem>) {
  const feed = new Feed({ ...makeFeedApi([makeItem(1, { hasPlay: true, ...changes })]), nowMs: () => 0 })
  await feed.loadFirst()
  const page = show(() => {
    const item = feed.find(mediaIdOf(1))
    return item === undefined ? null : <StagePlayer item={item} boxRef={() => undefined} onShown={() => undefined} />
  }, makeShoebox({ feed }))
  return { page, feed }
}

test('a film plays in place under its signature, with its poster and the controls of the browser', async () => {
  const { page } = await open({ kind: 'video', type: 'video/mp4' })
  const video = need<HTMLVideoElement>(page, 'video')
  await expect.poll(() => video.getAttribute('src')).toBe('https://media.example/v/1/play?first')
  expect(video.getAttribute('poster')).toBe('https://media.example/v/1/preview.webp?first')
  expect(video.hasAttribute('controls')).toBe(true)
  expect(video.getAttribute('aria-label')).toBe('Video by Ada')
})

test('a sound without a cover plays without a picture', async () => {
  const { page } = await open({ kind: 'audio', type: 'audio/mpeg', derivatives: [], hasPoster: false })
  await expect.poll(() => need(page, 'audio').getAttribute('src')).toBe('https://media.example/v/1/play?first')
  expect(page.querySelector('img')).toBeNull()
})

test('what does not play gets new signatures, and then says so', async () => {
  const { page, feed } = await open({ kind: 'video', type: 'video/mp4' })
  const video = need<HTMLVideoElement>(page, 'video')
  await expect.poll(() => video.hasAttribute('src')).toBe(true)
  feed.patch(mediaIdOf(1), { delivery: { ...makeItem(1).delivery, query: 'stale' } })
  for (let failures = 0; failures < 3; failures += 1) video.dispatchEvent(new Event('error'))
  await expect.poll(() => page.querySelector('[role=alert]')?.textContent).toContain('did not play')
})
