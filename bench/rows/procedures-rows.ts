// The rows that the procedures are asked about, written by Postgres itself: the foreign keys are right by construction
// and not checked one by one.
import { createHash, randomBytes } from 'node:crypto'
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { idFromUuid, type MediaId } from '@shoebox/shared/ids.ts'

const firstMs = Date.UTC(2026, 0, 1)
const uuidAt = (n: string) => `('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** Item n is published n seconds after the first. */
export const itemPublishedAtMs = (n: number): number => firstMs + n * 1000

export const itemAt = (n: number): MediaId =>
  idFromUuid('media', `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`)

const derivatives = JSON.stringify([
  { name: 'thumb', widthPx: 320, heightPx: 240, bytes: 9000 },
  { name: 'tile', widthPx: 640, heightPx: 480, bytes: 30_000 },
  { name: 'preview', widthPx: 1600, heightPx: 1200, bytes: 150_000 },
])

export function openRows(url: string) {
  const db: PoolDatabase = connectPool({ connectionString: url, connectionsMax: 1, statementTimeoutMs: 120_000 })
  const query = (text: string, values: unknown[] = []) => db.$client.query(text, values)

  return {
    async findUserUuid(email: string): Promise<string> {
      const { rows } = await db.$client.query<{ id: string }>('select id from users where email = $1', [email])
      return rows[0]?.id ?? ''
    },

    /** Items from number `from` to below `to`, all of one owner, each liked by three people. */
    async addItems(ownerUuid: string, from: number, to: number): Promise<void> {
      await query('set session_replication_role = replica')
      await query(
        `insert into users (id, email, name, password_hash, email_verified_at, created_at)
         select ${uuidAt('n')}, n || '@b.example', 'Somebody', '-', $1, $1 from generate_series(1, 3) n
         on conflict do nothing`,
        [new Date(firstMs)],
      )
      await query(
        `insert into media (id, owner_id, batch_id, ordinal, file_name, declared_type, declared_bytes, declared_sha256,
           state, incoming_key, created_at, settled_at, type, kind, bytes, generation, width_px, height_px, thumbhash,
           dominant_color, derivatives, published_at, timeline_at, like_count)
         select id, $1, id, 0, 'photo.jpg', 'image/jpeg', 3000000, repeat('A', 44), 'ready', n::text, at, at,
           'image/jpeg', 'image', 3000000, '0123456789abcdef', 4000, 3000, 'YTkGJwaRhWUIt4lbgnhZl3ath2BUBGYA',
           '#336699', $5::jsonb, at, at, 3
         from generate_series($2::int, $3::int - 1) n,
           lateral (select ${uuidAt('n')} id, to_timestamp($4::float8 / 1000 + n) at) item`,
        [ownerUuid, from, to, firstMs, derivatives],
      )
      await query(
        `insert into likes (user_id, media_id, created_at)
         select ${uuidAt('u')}, ${uuidAt('n')}, $3 from generate_series(1, 3) u, generate_series($1::int, $2::int - 1) n`,
        [from, to, new Date(firstMs)],
      )
      await query('set session_replication_role = default')
      await query('analyze media, likes')
    },

    /** Puts the first items into a group's gallery. */
    async moveOldest(groupUuid: string, count: number): Promise<void> {
      await query(`update media set group_id = $1 where id < ${uuidAt('$2::int')}`, [groupUuid, count])
    },

    /** Cookies of as many sessions of one user. */
    async openSessions(userUuid: string, count: number): Promise<string[]> {
      const tokens = Array.from({ length: count }, () =>
        Array.from(randomBytes(40), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join(''),
      )
      const ids = tokens.map((token) => createHash('sha256').update(token).digest('base64url'))
      await query(
        `insert into sessions (id, user_id, expires_at, created_at, last_seen_at, user_agent)
         select id, $2, $3, $4, $4, 'bench' from unnest($1::text[]) id`,
        [ids, userUuid, new Date(Date.now() + 86_400_000 * 29), new Date()],
      )
      return tokens.map((token) => `__Host-shoebox=${token}`)
    },
    end: () => db.$client.end(),
  }
}
