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

const bob = { ...me, user: { id: 'usr_01990000-0000-7000-8000-000000000002', name: 'Bob' } }
const nobody = { ...me, user: null }
const tell = (data: unknown) => Response.json({ result: { data } })

/** A page of Ann's, whose next questions are answered when a test says so. */
async function openAsAnn() {
  const asked: ((data: unknown) => void)[] = []
  vi.stubGlobal('fetch', () => new Promise((resolve) => asked.push((data) => resolve(tell(data)))))
  const take = async (count: number) => {
    await pollUntil(() => asked.length >= count, { what: 'the question' })
    return asked.splice(0)
  }
  const session = createSession()
  for (const answer of await take(1)) answer(me)
  await pollUntil(() => session.user()?.name === 'Ann', { what: 'Ann to be known' })
  return { session, take }
}
const changeInOtherTab = () => dispatchEvent(new StorageEvent('storage', { key: 'shoebox.member' }))

test('who signs in from another tab is learned here, and an older answer knows no better', async () => {
  const { session, take } = await openAsAnn()
  expect(localStorage.getItem('shoebox.member')).toBe(me.user.id)
  changeInOtherTab()
  const older = await take(1)
  changeInOtherTab()
  for (const answer of await take(1)) answer(bob)
  await pollUntil(() => session.user()?.name === 'Bob', { what: 'Bob to be known' })
  for (const answer of older) answer(nobody)
  const other = session.findOther()
  for (const answer of await take(1)) answer(bob)
  expect(await other).toBe(false)
  expect(session.user()?.name).toBe('Bob')
})

test('where a call was refused, whose session it is by now is asked', async () => {
  const { session, take } = await openAsAnn()
  for (const data of [me, nobody]) {
    const other = session.findOther()
    for (const answer of await take(1)) answer(data)
    expect(await other).toBe(false)
    expect(session.user()?.name).toBe('Ann')
  }
  const twice = [session.findOther(), session.findOther()]
  for (const answer of await take(2)) answer(bob)
  expect(await Promise.all(twice)).toEqual([true, true])
  expect(session.user()?.name).toBe('Bob')
})
