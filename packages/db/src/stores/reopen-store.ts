// Taking up again what was given up for a fault of ours, once that is mended. The bytes are kept for it, and an operator
// asks for it.
import { sql } from 'drizzle-orm'
import type { PoolDatabase } from '../connect-pool.ts'
import { moment } from './moment.ts'

/** `waiting`: how many are left for a later call, since the purge is not done with what their tries left behind. */
export type ReopenCounts = { readonly reopened: number; readonly waiting: number }

/**
 * Reserves again what was given up since a moment and still has a gallery that its owner may add to. The janitor sends
 * it on. The same bytes make the same objects, which a purge may be deleting while a wish of an earlier try is open.
 * Memberships are locked first, as in the pre-flight: whoever leaves is gone by then, or their leaving ends these rows.
 */
export async function reopenGivenUp(db: PoolDatabase, sinceMs: number): Promise<ReopenCounts> {
  const isGivenUp = sql`refusal_reason = 'processing_failed' and settled_at >= ${moment(sinceMs)}`
  return await db.transaction(async (tx) => {
    await tx.execute(sql`
      select 1 from memberships where (group_id, user_id) in (select group_id, owner_id from media where ${isGivenUp})
      order by group_id, user_id for share`)
    const { rows } = await tx.execute<ReopenCounts>(sql`
      with given_up as (
        select id, exists (select 1 from deletions where media_id = media.id and done_at is null) as is_waiting
        from media where ${isGivenUp} and (group_id is null or exists (
          select 1 from memberships where memberships.group_id = media.group_id and user_id = owner_id
            and role <> 'viewer'))
        order by id for update
      ), reopened as (
        update media set state = 'reserved', refusal_reason = null, settled_at = null, reinjections = 0,
          reinjected_at = null
        from given_up where media.id = given_up.id and not is_waiting
        returning media.id
      )
      select (select count(*)::int from reopened) as reopened,
        (select count(*)::int from given_up where is_waiting) as waiting`)
    return rows[0] ?? { reopened: 0, waiting: 0 }
  })
}
