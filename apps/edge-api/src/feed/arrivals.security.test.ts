// The stream of what is new, as a browser's EventSource asks for it.
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { databaseRows, type Author } from '@shoebox/testing/database-rows.ts'
import { openEdge } from '../../test/open-edge.ts'
import { Visitor } from '../../test/visitor.ts'
import { formatCursor, positionAt } from './feed-cursor.ts'
import type { FeedArrivals } from './feed.schema.ts'

const { edge } = await openEdge()
let rows: ReturnType<typeof databaseRows>
let author: Author
const start = new Date('2026-06-15T12:00:00.000Z')

beforeAll(async () => {
  rows = databaseRows(edge.databaseUrl, start)
  author = await rows.addAuthor('Ann')
})

afterAll(async () => {
  await rows.end()
})

type Told = { readonly id: string; readonly arrivals: FeedArrivals }

/** Opens a stream; `next` is the next thing it tells. */
async function listen(after: string, headers: Record<string, string> = {}) {
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const path = `/api/feed/arrivals?after=${encodeURIComponent(after)}`
  const response = await fetch(edge.origin + path, { headers, signal: abort.signal })
  const events = readEvents(response.body!.pipeThrough(new TextDecoderStream()))
  return { response, next: async (): Promise<Told> => (await events.next()).value! }
}

async function* readEvents(body: ReadableStream<string>): AsyncGenerator<Told, undefined> {
  let text = ''
  for await (const chunk of body) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
      const data = field('data')
      if (data !== undefined) yield { id: field('id') ?? '', arrivals: JSON.parse(data) as FeedArrivals }
    }
  }
}

const atMs = (ms: number): string => formatCursor(positionAt(start.getTime() + ms))

test('it tells what is there already, and then what arrives while it is open, each once', async () => {
  const first = await rows.addItem(author, rows.later(1000))
  const { response, next } = await listen(atMs(0))
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  const before = await next()
  expect(before.arrivals.items.map(({ id }) => id)).toEqual([first])
  expect(before.id).toBe(before.arrivals.sinceCursor)

  const second = await rows.addItem(author, rows.later(2000))
  expect((await next()).arrivals.items.map(({ id }) => id)).toEqual([second])
})

test('who comes again says what they heard last and is told the rest', async () => {
  const old = await rows.addItem(author, rows.later(100_000))
  const heard = (await (await listen(atMs(99_000))).next()).id
  const missed = await rows.addItem(author, rows.later(200_000))
  const { arrivals } = await (await listen(atMs(0), { 'last-event-id': heard })).next()
  expect(arrivals.items[0]?.id).toBe(missed)
  expect(arrivals.items.map(({ id }) => id)).not.toContain(await rows.addItem(author, start))
  expect([missed, old]).toEqual(expect.arrayContaining(arrivals.items.map(({ id }) => id)))
})

test('what is not public is not told', async () => {
  await rows.addUpload(author, { state: 'refused', refusalReason: 'file_empty' })
  await rows.addItem(author, rows.later(300_000), { listing: 'held' })
  const shown = await rows.addItem(author, rows.later(301_000))
  const { arrivals } = await (await listen(atMs(299_000))).next()
  expect(arrivals.items.map(({ id }) => id)).toEqual([shown])
  expect(JSON.stringify(arrivals)).not.toMatch(/photo\.jpg|sha256|@rows/)
})

test('thirty listeners cost the database hardly more than one', async () => {
  const id = await rows.addItem(author, rows.later(400_000))
  edge.neon.resetCounts()
  const streams = await Promise.all(Array.from({ length: 30 }, () => listen(atMs(399_000))))
  const told = await Promise.all(streams.map(({ next }) => next()))
  expect(told.every(({ arrivals }) => arrivals.items[0]?.id === id)).toBe(true)
  // Two looks of each, since most of them asked before the first answer was there.
  expect(edge.neon.counts.trips).toBeLessThan(12)
})

test.each(['', 'x', 'AAAA', '../../', 'A'.repeat(101)])('refuses the place %j', async (after) => {
  const visitor = new Visitor(edge)
  const path = `/api/feed/arrivals?after=${encodeURIComponent(after)}`
  const refusal = { code: 'invalid_input', fields: ['after'] }
  expect(await visitor.send(path, {})).toMatchObject({ status: 400, refusal })
  const good = `/api/feed/arrivals?after=${atMs(0)}`
  expect(await visitor.send(good, { headers: { 'last-event-id': after || 'x' } })).toMatchObject({
    status: 400,
    refusal,
  })
  expect(await visitor.send('/api/feed/arrivals', {})).toMatchObject({ status: 400, refusal })
})

test('it is only for reading', async () => {
  const answer = await new Visitor(edge).send(`/api/feed/arrivals?after=${atMs(0)}`, { method: 'POST' })
  expect(answer.status).toBe(404)
})
