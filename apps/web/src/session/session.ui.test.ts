import { afterEach, expect, test, vi } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { createSession } from './session.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

const me = {
  user: { id: 'usr_01990000-0000-7000-8000-000000000001', name: 'Ann' },
  mustAcceptTerms: false,
  warning: null,
}

test('a question that is lost on the way is asked again until somebody knows who is signed in', async () => {
  localStorage.setItem('shoebox.member', '1')
  let asked = 0
  vi.stubGlobal('fetch', () => {
    asked += 1
    if (asked === 3) return Promise.resolve(Response.json({ result: { data: me } }))
    return asked === 1
      ? Promise.reject(new TypeError('Failed to fetch'))
      : Promise.resolve(new Response('', { status: 503 }))
  })
  const waiting: (() => void)[] = []
  const session = createSession((run) => waiting.push(run))
  for (const lost of [1, 2]) {
    await pollUntil(() => waiting.length === 1, { what: `answer ${lost} to be missed` })
    expect(session.user()).toBeUndefined()
    expect(session.isVisitor()).toBe(false)
    waiting.pop()?.()
  }
  await pollUntil(() => session.user()?.name === 'Ann', { what: 'the answer' })
  expect(waiting).toEqual([])
})
