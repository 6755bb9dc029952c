import { afterAll, beforeAll, expect, test } from 'vitest'
import type { media } from '@shoebox/db/schema/media.ts'
import { inlinedId } from '@shoebox/shared/inlined.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { databaseRows, type Author } from '@shoebox/testing/database-rows.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { openEdge } from '../../test/open-edge.ts'
import { mediaOrigin } from '../../test/start-edge.ts'
import { signUpVisitor, Visitor } from '../../test/visitor.ts'
import type { FeedItem, FeedPage } from '../feed/feed.schema.ts'

const { edge } = await openEdge()
let rows: ReturnType<typeof databaseRows>
let author: Author
let publicItem: MediaId
let trashedItem: MediaId
const start = new Date('2026-06-15T12:00:00.000Z')
const derivatives = [
  { name: 'thumb', widthPx: 320, heightPx: 240, bytes: 1000 },
  { name: 'tile', widthPx: 640, heightPx: 480, bytes: 1000 },
  { name: 'preview', widthPx: 1600, heightPx: 1200, bytes: 1000 },
] satisfies (typeof media.$inferInsert)['derivatives']

beforeAll(async () => {
  rows = databaseRows(edge.databaseUrl, start)
  author = await rows.addAuthor('</script><b title="x">Ann & Bo')
  trashedItem = await rows.addItem(author, start, { listing: 'trashed', trashedAt: start, derivatives })
  publicItem = await rows.addItem(author, rows.later(1000), {
    widthPx: 1600,
    heightPx: 1200,
    derivatives,
    caption: 'Home "at" last',
    altText: 'A <b>lake</b>',
  })
})

afterAll(async () => {
  await rows.end()
})

const open = async (path: string, visitor = new Visitor(edge)) => {
  const { text, headers, status } = await visitor.send(path, {})
  const data = new RegExp(`<script type="application/json" id="${inlinedId}">(.*?)</script>`, 's').exec(text)?.[1]
  return { text, headers, status, inlined: JSON.parse(data ?? '{}') as { page?: FeedPage; item?: FeedItem } }
}

/** The page of somebody for whom its data was there in time. A Worker that has just been started may take longer. */
const openDressed = (path: string) =>
  pollUntil(
    async () => {
      const page = await open(path)
      return Object.keys(page.inlined).length > 0 && page
    },
    { what: `${path} with its data` },
  )

test('the first page brings what it shows, for the price of the edge’s copy', async () => {
  const first = await openDressed('/')
  expect(first.status).toBe(200)
  expect(first.headers.get('cache-control')).toBe('no-cache')
  expect(first.headers.get('etag')).toBeNull()
  expect(first.inlined.page?.items.map(({ id }) => id)).toEqual([publicItem])
  // The copy is put aside after the answer was sent.
  await pollUntil(
    async () => {
      edge.neon.resetCounts()
      const again = await open('/')
      expect(again.inlined.page?.items).toEqual(first.inlined.page?.items)
      return edge.neon.counts.trips === 0
    },
    { what: 'a page without a trip to the database' },
  )
})

test('a phone is told of the pictures of its first row, signed as the page has them', async () => {
  const { text, inlined } = await openDressed('/')
  const href = /<link rel="preload" as="image" crossorigin[^>]* href="([^"]+)"/
    .exec(text)?.[1]
    ?.replaceAll('&amp;', '&')
  const { base, query } = inlined.page?.items[0]?.delivery ?? { base: '', query: '' }
  expect(href).toBe(`${base}/thumb.webp?${query}`)
})

test('somebody signed in gets the page as it was built: what is public for them is asked with their session', async () => {
  const visitor = await signUpVisitor(edge)
  for (const path of ['/', `/p/${publicItem}`]) {
    const { text, status } = await open(path, visitor)
    expect(status).toBe(200)
    expect(text).not.toContain(inlinedId)
    expect(text).not.toContain('og:')
  }
})

test('a public item says how it looks elsewhere, and no name of anybody becomes markup', async () => {
  const { text, inlined } = await openDressed(`/p/${publicItem}`)
  expect(inlined.item?.id).toBe(publicItem)
  expect(inlined.item?.owner.name).toBe('</script><b title="x">Ann & Bo')
  expect(text).toContain(
    '<meta property="og:title" content="Photo by &lt;/script&gt;&lt;b title=&quot;x&quot;&gt;Ann &amp; Bo">',
  )
  expect(text).toContain(`<meta property="og:url" content="${edge.origin}/p/${publicItem}">`)
  expect(text).toContain(`<meta property="og:image" content="${mediaOrigin}/v/${publicItem}/`)
  expect(text).toContain('<meta property="og:description" content="Home &quot;at&quot; last">')
  expect(text).toContain('<meta property="og:image:alt" content="A &lt;b&gt;lake&lt;/b&gt;">')
  expect(text).not.toMatch(/<b( title)?>/)
})

test.each([
  ['that is in the trash', () => trashedItem as string],
  ['that does not exist', () => 'med_01990000-0000-7000-8000-000000000000'],
  ['that has no such name', () => 'nothing'],
])('an item %s is a page like any other', async (_, id) => {
  const [asked, plain] = [await open(`/p/${id()}`), await open('/groups')]
  expect(asked.status).toBe(200)
  expect(asked.text).toBe(plain.text)
})
