import { createServer, type IncomingMessage, type Server } from 'node:http'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApiClient, type ApiClient } from './api-client.ts'

let server: Server
let origin: string
let client: ApiClient
let seen: IncomingMessage[] = []
let answer: { readonly status?: number; readonly headers?: Record<string, string | string[]>; readonly body?: string }

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request)
    response.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body ?? '{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  origin = `http://127.0.0.1:${address.port}`
})

afterAll(() => server.close())

beforeEach(() => {
  seen = []
  answer = {}
  client = createApiClient(origin)
})

test('sends Origin with mutations only, and leaves out what it is told to', async () => {
  await client.query('account.me')
  await client.mutate('account.signOut')
  await client.mutate('account.signOut', undefined, { headers: { origin: null } })
  await client.mutate('account.signOut', undefined, { headers: { origin: 'https://elsewhere.example' } })
  expect(seen.map((request) => request.headers.origin)).toEqual([
    undefined,
    origin,
    undefined,
    'https://elsewhere.example',
  ])
})

test('keeps cookies until they expire', async () => {
  answer = { headers: { 'set-cookie': ['__Host-shoebox=abc; Path=/; HttpOnly', 'other=1'] } }
  await client.query('account.me')
  expect(client.cookies.header()).toBe('__Host-shoebox=abc; other=1')
  answer = { headers: { 'set-cookie': '__Host-shoebox=; Max-Age=0' } }
  await client.mutate('account.signOut')
  expect(seen[1]?.headers.cookie).toBe('__Host-shoebox=abc; other=1')
  expect(client.cookies.header()).toBe('other=1')
  expect(client.cookies.received).toHaveLength(3)
})

test('answers data, refusals and bodies that are neither, without throwing', async () => {
  answer = { body: JSON.stringify({ result: { data: { liked: true } } }) }
  expect(await client.mutate('likes.like', {})).toMatchObject({ status: 200, data: { liked: true }, refusal: null })
  answer = { status: 404, body: JSON.stringify({ error: { data: { refusal: { code: 'not_found' } } } }) }
  expect(await client.query('feed.item', {})).toMatchObject({ status: 404, refusal: { code: 'not_found' } })
  answer = { status: 502, body: '<html>' }
  expect(await client.query('feed.item', {})).toMatchObject({ status: 502, data: undefined, refusal: null })
})

test('makes typed calls with the same cookies and origin', async () => {
  client.cookies.set('__Host-shoebox', 'abc')
  answer = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ result: { data: {} } }) }
  await client.api.account.signOut.mutate()
  expect(seen[0]?.headers).toMatchObject({ origin, cookie: '__Host-shoebox=abc' })
})

test('seems to come from a network of its own', async () => {
  await client.query('account.me')
  await createApiClient(origin).query('account.me')
  expect(seen[0]?.headers['cf-connecting-ip']).not.toBe(seen[1]?.headers['cf-connecting-ip'])
})
