import { afterEach, expect, test, vi } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { connectApi } from '../api/connect.ts'
import { beginBatch } from './begin-batch.ts'
import { publicFeed } from './destination.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const userId = numberedId('user', 1)
const batch = { batchId: '01990000-0000-4000-8000-000000000001', destination: publicFeed }
const refuse = (code: string) =>
  Response.json({ error: { message: code, code: -32_600, data: { refusal: { code } } } }, { status: 400 })

/** Answers in order; what each call named. */
function answerWith(...answers: Response[]) {
  const named: unknown[] = []
  vi.stubGlobal('fetch', async (_address: string, { body }: { body: string }) => {
    named.push((JSON.parse(body) as { userId?: string }).userId)
    return answers.shift()
  })
  return named
}
const begin = () =>
  beginBatch(
    connectApi((call) => call()),
    userId,
    batch,
    [],
  )
const accept = () => Response.json({ result: { data: { files: [] } } })

test('a pre-flight says for whom its files are, and without that only to a Worker that knows nothing of it', async () => {
  const named = answerWith(accept(), refuse('invalid_input'), accept())
  await begin()
  expect(named).toEqual([userId])
  await begin()
  expect(named).toEqual([userId, userId, undefined])
})

test('what is refused to another’s session is not asked for in their name', async () => {
  const named = answerWith(refuse('sign_in_needed'), accept())
  await expect(begin()).rejects.toThrow('sign_in_needed')
  expect(named).toEqual([userId])
})
