import { expect, test } from 'vitest'
import { requestIdHeader } from '@shoebox/shared/request-id.ts'
import { keptAtHeader } from '../pictures/forget-pictures.ts'
import { connectApi } from './connect.ts'
import { findRefusal } from './refusal.ts'

function open(status: number, body: unknown, headers: Record<string, string> = {}) {
  const asked: Request[] = []
  const kept: (number | null)[] = []
  const api = connectApi(
    (call) => call(),
    (keptAtMs) => kept.push(keptAtMs),
    (url, options) => {
      asked.push(new Request(new URL(url, 'https://shoebox.example'), options))
      return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }))
    },
  )
  return { api, asked, kept }
}

test('a question is a GET whose input stands in its address, a change a POST with a body, each with an id of its own', async () => {
  const { api, asked, kept } = open(200, { result: { data: { items: [] } } })
  expect(await api.feed.page.query({ size: 5 })).toEqual({ items: [] })
  await api.account.me.query()
  await api.account.editProfile.mutate({ name: 'Ada & co' })
  await api.account.signOut.mutate()
  expect(asked.map(({ method, url }) => [method, url.slice('https://shoebox.example/api/trpc/'.length)])).toEqual([
    ['GET', `feed.page?input=${encodeURIComponent('{"size":5}')}`],
    ['GET', 'account.me'],
    ['POST', 'account.editProfile'],
    ['POST', 'account.signOut'],
  ])
  expect(await asked[2]?.json()).toEqual({ name: 'Ada & co' })
  expect(new Set(asked.map(({ headers }) => headers.get(requestIdHeader))).size).toBe(4)
  expect(kept).toEqual([null, null, null, null])
})

test('a refusal is thrown with what it says, and what is no answer of the API without', async () => {
  const refused = open(404, { error: { message: 'not_found', data: { refusal: { code: 'not_found' } } } })
  const failed: unknown = await refused.api.account.me.query().catch((error: unknown) => error)
  expect(findRefusal(failed)).toEqual({ code: 'not_found' })
  const broken = open(502, '<html>')
  expect(findRefusal(await broken.api.account.me.query().catch((error: unknown) => error))).toBeNull()
})

test('from when an answer is that the service worker kept is told', async () => {
  const { api, kept } = open(200, { result: { data: null } }, { [keptAtHeader]: '17' })
  await api.account.me.query()
  expect(kept).toEqual([17])
})

test('whoever asks may end the call', async () => {
  const { api, asked } = open(200, { result: { data: null } })
  await api.account.me.query(undefined, AbortSignal.abort())
  expect(asked[0]?.signal.aborted).toBe(true)
})
