// The main job without a browser: what a stranger's file goes through, over the same requests the page makes.
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { createApiClient } from '@shoebox/testing/api-client.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { sendFiles, waitUntilSettled } from '@shoebox/testing/send-files.ts'
import { startJourney, type Journey } from './journey.ts'

let journey: Journey
/** What each part of the system has printed. */
const printed: { readonly part: string; readonly line: string }[] = []
beforeAll(async () => {
  journey = await startJourney({ stack: { log: (part, line) => printed.push({ part, line }) } })
})
afterAll(() => journey?.stop())

const newVisitor = () => createApiClient(journey.stack.siteOrigin)

/** Somebody who has just signed up through the API, mailed code and all. */
async function signUp() {
  const client = newVisitor()
  const email = `${crypto.randomUUID()}@example.org`
  const password = 'a few plain words'
  const input = { name: 'Ann', email, password, confirmPassword: password, acceptedTerms: termsVersion }
  const { verificationId } = await client.api.account.signUp.mutate(input)
  const code = await journey.readCode(email)
  const { user } = await client.api.account.verifySignUp.mutate({ verificationId, code })
  return { client, id: user.id }
}

const paint = async (color: string) => {
  const canvas = { width: 1200, height: 800, channels: 3, background: color } as const
  return new Uint8Array(await sharp({ create: canvas }).jpeg().toBuffer())
}

test('a photo that is sent appears in the public feed with a thumbnail that anyone may load', async () => {
  const { client, id } = await signUp()
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
  const { client } = await signUp()
  const content = new Uint8Array(Buffer.from('MZ this program cannot be run'))
  const [mediaId] = await sendFiles(client, [{ name: 'a.jpg', type: 'image/jpeg', content }])
  if (mediaId === undefined) throw new Error('nothing was sent')
  const settled = await waitUntilSettled(client, mediaId)
  expect(settled).toMatchObject({ state: 'refused', item: null })
  expect(['type_unknown', 'type_not_allowed']).toContain(settled.reason)
  expect((await newVisitor().query('feed.item', { mediaId })).refusal?.code).toBe('not_found')
})

test('the id that a browser gave its request stands in the log of the Worker, of inspect and of the persister', async () => {
  const { client } = await signUp()
  const requestId = crypto.randomUUID()
  const content = await paint('#993366')
  const sha256 = createHash('sha256').update(content).digest('base64')
  const file = { name: 'traced.jpg', type: 'image/jpeg', bytes: content.length, sha256 }
  const { data } = await client.mutate(
    'uploads.begin',
    { batchId: crypto.randomUUID(), files: [file] },
    { headers: { 'x-request-id': requestId } },
  )
  const [begun] = (data as { files: { mediaId: never; request: { url: string; headers: Record<string, string> } }[] })
    .files
  if (begun === undefined) throw new Error('nothing was reserved')
  const { status } = await fetch(begun.request.url, { method: 'PUT', headers: begun.request.headers, body: content })
  expect(status).toBe(200)
  expect(await waitUntilSettled(client, begun.mediaId)).toMatchObject({ state: 'ready' })

  const findParts = () => {
    const parts = new Set(printed.flatMap(({ part, line }) => (line.includes(requestId) ? [part] : [])))
    return parts.size < 3 ? null : parts
  }
  expect(await pollUntil(findParts, { what: 'the id in three logs' })).toEqual(
    new Set(['inspect', 'persist', 'worker']),
  )
})
