// What a migration makes of rows that were there before it, and what code from before it still does beside it.
import { sql, type SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { uuidOf } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabaseForTest } from '@shoebox/testing/open-database.ts'
import journal from '../migrations/meta/_journal.json' with { type: 'json' }
import { migrate, migrateUpTo } from './migrate.ts'

const at = '2026-06-15T12:00:00Z'

/** A database as it was before a migration. */
async function openBefore(number: number) {
  const { url, db } = await openDatabaseForTest()
  await db.execute(sql`drop schema public, drizzle cascade`)
  await db.execute(sql`create schema public`)
  await migrateUpTo(url, (journal.entries[number]?.when ?? Number.NaN) - 1)
  const rowsOf = async (query: SQL) => (await db.execute(query)).rows
  return { url, db, rowsOf }
}

test('0027: a comparison under way stays what it was, and code from before begins and reads one as ever', async () => {
  const { url, db, rowsOf } = await openBefore(27)
  const begin = (mends: boolean) =>
    db.execute(sql`
      insert into reconciliations (began_at, mends, cursor, report) values (${at}, ${mends}, '{}', '{}')`)
  await begin(false)
  await begin(true)
  await migrate(url)
  await begin(false)
  expect(await rowsOf(sql`select mends, remakes_only from reconciliations order by id`)).toEqual([
    { mends: false, remakes_only: false },
    { mends: true, remakes_only: false },
    { mends: false, remakes_only: false },
  ])
})

test('0027: a WebM or Matroska without pictures becomes the sound it is, wherever its kind stands', async () => {
  const { url, db, rowsOf } = await openBefore(27)
  const [owner, moderator] = [numberedId('user', 1), numberedId('user', 2)].map(uuidOf)
  const caseId = uuidOf(numberedId('case', 1))
  await db.execute(sql`
    insert into users (id, email, name, password_hash, email_verified_at, created_at)
    values (${owner}, 'ann@example.org', 'Ann', '-', ${at}, ${at})`)
  await db.execute(sql`
    insert into cases (id, subject_kind, subject_id, person_id, opened_at, last_reported_at)
    values (${caseId}, 'item', ${owner}, ${owner}, ${at}, ${at})`)
  const items = [
    ['video/webm', null, 'opus'],
    ['video/matroska', null, 'flac'],
    ['video/webm', 'vp9', 'opus'],
    ['video/webm', 'vp9', null],
    // Settled before codecs were known.
    ['video/matroska', null, null],
  ]
  for (const [n, [type, videoCodec, audioCodec]] of items.entries()) {
    const id = uuidOf(numberedId('media', n))
    await db.execute(sql`
      insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, state, incoming_key,
        created_at, type, kind, video_codec, audio_codec, generation, published_at)
      values (${id}, ${owner}, ${id}, 0, '', ${type}, 1, 'ready', ${id}, ${at}, ${type}, 'video', ${videoCodec},
        ${audioCodec}, 'a', ${at})`)
    await db.execute(sql`
      insert into evidence (id, case_id, media_id, generation, kind, files, created_at, next_try_at)
      values (${id}, ${caseId}, ${id}, 'a', 'video', '{play}', ${at}, ${at})`)
    await db.execute(sql`
      insert into known_bad (media_id, kind, keys, added_by, added_at) values (${id}, 'video', '{}', ${moderator}, ${at})`)
  }
  await migrate(url)
  const kinds = ['audio', 'audio', 'video', 'video', 'video'].map((kind) => ({ kind }))
  expect(await rowsOf(sql`select kind from media order by id`)).toEqual(kinds)
  expect(await rowsOf(sql`select kind from evidence order by media_id`)).toEqual(kinds)
  expect(await rowsOf(sql`select kind from known_bad order by media_id`)).toEqual(kinds)
})
