// One small world for all pictures: the same people, groups, items and moments in every run, on any day, in any zone.
import type { Journey } from '../../journey.ts'
import { sessionCookieName } from '../../new-person.ts'
import { createApiClient } from '@shoebox/testing/api-client.ts'
import { seedDesk } from './desk.ts'
import { seedGroups, seedTalk } from './groups.ts'
import { personUuid, seedPeople, tokenOf, type PersonName } from './people.ts'
import { seedPictures, type Pictures } from './pictures.ts'
import { daysAgo, hoursAgo } from './moment.ts'
import { openTables, uuid, type Row, type Tables } from './tables.ts'
import { seedUnfinished } from './unfinished.ts'

export type World = { readonly siteOrigin: string; readonly pictures: Pictures }

export async function seedWorld({ stack }: Pick<Journey, 'stack'>): Promise<World> {
  const tables = openTables(stack.postgres.url)
  try {
    await seedPeople(tables)
    await seedGroups(tables)
    const ada = signedIn(stack.siteOrigin, 'ada')
    const pictures = await seedPictures(tables, ada)
    await seedTalk(tables, pictures)
    await seedDesk(tables, pictures)
    await seedReceipts(tables)
    await seedUnfinished(tables, ada)
    // None of it was sent on a day of this world.
    await tables.query('delete from quota_days')
    await tables.query('update quota_totals set bytes = 7340032')
    return { siteOrigin: stack.siteOrigin, pictures }
  } finally {
    await tables.end()
  }
}

function signedIn(siteOrigin: string, name: PersonName) {
  const client = createApiClient(siteOrigin)
  client.cookies.set(sessionCookieName, tokenOf(name))
  return client
}

/** Uploads of Ada's that came to nothing, for her list of them. */
async function seedReceipts({ insert }: Tables): Promise<void> {
  const upload = (n: number, fileName: string, state: string, at: Date, more: Row = {}): Row => ({
    ...{ id: uuid('media', n), owner_id: personUuid('ada'), batch_id: uuid('report', 100 + n), ordinal: 0, state },
    ...{ file_name: fileName, declared_type: 'image/jpeg', declared_bytes: 2_480_000, incoming_key: `ada/${n}` },
    ...{ created_at: at, settled_at: state === 'reserved' ? null : at },
    ...more,
  })
  await insert(
    'media',
    upload(1, 'holiday-backup.jpg', 'refused', daysAgo(33), { refusal_reason: 'type_not_allowed' }),
    upload(2, 'IMG_2044.jpg', 'refused', daysAgo(32), { refusal_reason: 'image_damaged', detected_type: 'image/png' }),
    upload(3, 'IMG_2045.jpg', 'cancelled', daysAgo(31)),
    upload(4, 'IMG_2046.jpg', 'reserved', hoursAgo(1)),
  )
}
