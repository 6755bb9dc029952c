// The main job without a browser: what a stranger's file goes through, over the same requests the page makes.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { newVisitor, sendFiles, signUpForTest, waitUntilSettled } from '@shoebox/testing/test-system.ts'

const paint = async (color: string) => {
  const canvas = { width: 1200, height: 800, channels: 3, background: color } as const
  return new Uint8Array(await sharp({ create: canvas }).jpeg().toBuffer())
}

test('a photo that is sent appears in the public feed with a thumbnail that anyone may load', async () => {
  const { client, id } = await signUpForTest()
  const [mediaId] = await sendFiles(client, [{ name: 'a.jpg', type: 'image/jpeg', content: await paint('#336699') }])
  if (mediaId === undefined) throw new Error('nothing was sent')
  expect(await waitUntilSettled(client, mediaId)).toMatchObject({ state: 'ready', detectedType: 'image/jpeg' })

  const item = await newVisitor().api.feed.item.query({ mediaId })
  expect(item).toMatchObject({ owner: { id, name: 'Ann' }, widthPx: 1200, heightPx: 800, likeCount: 0 })
  const { base, query } = item.delivery
  const response = await fetch(`${base}/tile.webp?${query}`)
  expect(response.status).toBe(200)
  const picture = await sharp(await response.arrayBuffer()).stats()
  expect(picture.dominant.b).toBeGreaterThan(picture.dominant.r)
  expect((await fetch(`${base}/tile.webp`)).status).toBe(403)
})

test('a file that is not what it says is refused with its reason and never shown', async () => {
  const { client } = await signUpForTest()
  const content = new Uint8Array(Buffer.from('MZ this program cannot be run'))
  const [mediaId] = await sendFiles(client, [{ name: 'a.jpg', type: 'image/jpeg', content }])
  if (mediaId === undefined) throw new Error('nothing was sent')
  const settled = await waitUntilSettled(client, mediaId)
  expect(settled).toMatchObject({ state: 'refused', item: null })
  expect(['type_unknown', 'type_not_allowed']).toContain(settled.reason)
  expect((await newVisitor().query('feed.item', { mediaId })).refusal?.code).toBe('not_found')
})
