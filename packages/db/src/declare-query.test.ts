import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from './connect-http.ts'
import { declareQuery, matches, type Slots } from './declare-query.ts'
import { media } from './schema/media.ts'
import { moment } from './stores/moment.ts'
import { recordSql } from './stores/record-sql.ts'

type Wish = {
  readonly mediaId: MediaId
  readonly span: { readonly fromMs: number } | null
  readonly isLatestFirst: boolean
}

const one = { mediaId: numberedId('media', 1), span: { fromMs: 0 }, isLatestFirst: true }
const other = { mediaId: numberedId('media', 2), span: { fromMs: 86_400_000 }, isLatestFirst: true }

function declare() {
  let builds = 0
  const query = declareQuery((db, { mediaId, span, isLatestFirst }: Slots<Wish>) => {
    builds += 1
    return db
      .select({ id: media.id })
      .from(media)
      .where(span === null ? matches(media.id, mediaId) : sql`${media.publishedAt} > ${moment(span.fromMs)}`)
      .orderBy(isLatestFirst ? sql`id desc` : sql`id`)
  })
  return { query, builds: () => builds }
}

const ask = (db: EdgeDatabase, query: ReturnType<typeof declare>['query'], wishes: readonly Wish[]) =>
  wishes.reduce(async (before, wish) => {
    await before
    await query(db, wish)
  }, Promise.resolve())

test('a query is built once, and each request asks it with its own values', async () => {
  const { query, builds } = declare()
  const [first, second] = await recordSql((db) => ask(db, query, [one, other]))
  expect(first?.params).toEqual(['1970-01-01T00:00:00.000Z'])
  expect(second).toEqual({ query: first?.query, params: ['1970-01-02T00:00:00.000Z'] })
  expect(builds()).toBe(1)
})

test('what is left out of a wish, or off in it, makes it another query', async () => {
  const { query, builds } = declare()
  const wishes = [one, { ...one, span: null }, { ...one, isLatestFirst: false }]
  const asked = await recordSql((db) => ask(db, query, [...wishes, ...wishes]))
  expect(new Set(asked.map((sent) => sent.query)).size).toBe(3)
  expect(builds()).toBe(3)
})

test('an id is sent as its column stores it', async () => {
  const [sent] = await recordSql((db) => ask(db, declare().query, [{ ...one, span: null }]))
  expect(sent?.params).toEqual([one.mediaId.slice('med_'.length)])
})

test('in a batch, requests at the same time keep their own values', async () => {
  const { query } = declare()
  const asked = await recordSql((db) => db.batch([query(db, one), query(db, other)]))
  expect(asked.map((sent) => sent.params)).toEqual([['1970-01-01T00:00:00.000Z'], ['1970-01-02T00:00:00.000Z']])
})
