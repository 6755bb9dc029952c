import { expect, test } from 'vitest'
import { mediaIdOf } from '../../test/make-item.ts'
import { sendAvatar, type SendAvatarDeps } from './send-avatar.ts'

type Watched = Awaited<ReturnType<SendAvatarDeps['watch']>>

const mediaId = mediaIdOf(1)
const seen = (state: 'reserved' | 'ready' | 'refused', reason: 'image_damaged' | null = null): Watched => ({
  mediaId,
  state,
  reason,
  duplicateOf: null,
  declaredType: 'image/jpeg',
  detectedType: null,
  item: null,
})

/** An API that answers the watch with `answers` in turn, the last for ever. */
function makeApi(answers: readonly Watched[], putStatus = 200) {
  const calls: string[] = []
  const request = {
    method: 'PUT' as const,
    url: 'https://bucket.example',
    headers: {},
    expiresAt: '2030-01-01T00:00:00Z',
  }
  let asks = 0
  const deps: SendAvatarDeps = {
    hash: () => Promise.resolve('sum'),
    begin: (file) => {
      calls.push(`begin ${file.type} ${file.bytes} ${file.sha256}`)
      return Promise.resolve({ mediaId, request })
    },
    put: () => {
      calls.push('put')
      return Promise.resolve(putStatus)
    },
    watch: () => {
      asks += 1
      return Promise.resolve(answers[Math.min(asks, answers.length) - 1])
    },
    set: (id) => {
      calls.push(`set ${id}`)
      return Promise.resolve()
    },
    sleep: () => Promise.resolve(),
  }
  return { calls, deps, send: () => sendAvatar(deps, picture, new AbortController().signal) }
}
const picture = new Blob(['square'], { type: 'image/jpeg' })

test('a picture is set once it has been looked at, and not before', async () => {
  const { calls, send } = makeApi([seen('reserved'), seen('reserved'), seen('ready')])
  expect(await send()).toEqual({ type: 'set' })
  expect(calls).toEqual(['begin image/jpeg 6 sum', 'put', `set ${mediaId}`])
})

test('a refused picture is not set, and its reason is told', async () => {
  const { calls, send } = makeApi([seen('refused', 'image_damaged')])
  expect(await send()).toEqual({ type: 'refused', code: 'image_damaged' })
  expect(calls.some((call) => call.startsWith('set'))).toBe(false)
})

test('bytes that do not arrive are told as such', async () => {
  expect(await makeApi([seen('reserved')], 0).send()).toEqual({ type: 'not-sent' })
})

test('nobody waits for ever', async () => {
  expect(await makeApi([seen('reserved')]).send()).toEqual({ type: 'slow' })
})
