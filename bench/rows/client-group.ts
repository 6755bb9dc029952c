// A group with so many items that only a computer reads them all, for B11. Postgres makes the rows itself.
import type { PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { uuidOf, type GroupId } from '@shoebox/shared/ids.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'

const firstMs = Date.UTC(2012, 0, 1)
/** Some twenty a day: a hundred thousand are thirteen years. */
const everyMs = 4_400_000

const derivatives = JSON.stringify([
  { name: 'thumb', widthPx: 320, heightPx: 240, bytes: 9000 },
  { name: 'tile', widthPx: 640, heightPx: 480, bytes: 30_000 },
])

/** Gives the account with this address a group of its own with so many pictures of four shapes. */
export async function fillGroup(db: PoolDatabase, email: string, items: number): Promise<GroupId> {
  const groupId = numberedId('group', items)
  const query = (text: string, values: unknown[]) => db.$client.query(text, values)
  const at = new Date(firstMs)
  await query(`insert into groups (id, name, created_at, active_at, member_count) values ($1, 'Bench', $2, $2, 1)`, [
    uuidOf(groupId),
    at,
  ])
  await query(
    `insert into memberships (group_id, user_id, role, joined_at, seen_at) select $1, id, 'owner', $2, $2 from users where email = $3`,
    [uuidOf(groupId), at, email],
  )
  await query(
    `insert into media (id, owner_id, group_id, batch_id, ordinal, file_name, declared_type, declared_bytes,
       declared_sha256, state, incoming_key, created_at, settled_at, type, kind, bytes, generation, width_px,
       height_px, thumbhash, dominant_color, derivatives, published_at, timeline_at)
     select item.id, users.id, $2, item.id, 0, 'photo.jpg', 'image/jpeg', 3000000, repeat('A', 44), 'ready', item.id::text, at, at,
       'image/jpeg', 'image', 3000000, '0123456789abcdef', (array[4000, 3000, 4000, 2000])[1 + n % 4],
       (array[3000, 4000, 2250, 2000])[1 + n % 4], 'YTkGJwaRhWUIt4lbgnhZl3ath2BUBGYA', '#336699', $6::jsonb, at, at
     from users, generate_series(0, $3::int - 1) n,
       lateral (select ('00000000-0000-7000-8000-' || lpad(to_hex(n + 1000000), 12, '0'))::uuid id,
         to_timestamp(($4::float8 + n * $5::float8) / 1000) at) item
     where users.email = $1`,
    [email, uuidOf(groupId), items, firstMs, everyMs, derivatives],
  )
  return groupId
}
