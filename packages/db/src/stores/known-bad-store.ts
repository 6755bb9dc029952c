// What moderators see of the content that may not come back, and how they let it. How it is found: known-bad.ts.
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { knownBad } from '../schema/review.ts'
import { auditedBy } from './audit-store.ts'
import { isModerator, type DeskWish } from './desk-store.ts'
import { uuid } from './id-param.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import type { Author, SessionRead } from './session-store.ts'
import { isStillModerator } from './still-moderator.ts'

export type KnownBadPosition = { readonly addedAtMs: number; readonly id: MediaId }

type KnownBadWish = DeskWish & { readonly after: KnownBadPosition | null; readonly rowsMax: number }

const knownBadQuery = declareQuery((db, wish: Slots<KnownBadWish>) => {
  const { after } = wish
  return db
    .select({
      mediaId: knownBad.mediaId,
      kind: knownBad.kind,
      thumbhash: knownBad.thumbhash,
      /** Whether copies are found that are not the same file. */
      isKnownByLooks: sql<boolean>`${knownBad.hashes} is not null`,
      addedAt: knownBad.addedAt,
      /** Null: their account is gone. */
      addedByName: users.name,
    })
    .from(knownBad)
    .leftJoin(users, eq(users.id, knownBad.addedBy))
    .where(
      and(
        isNull(knownBad.liftedAt),
        isModerator(db, wish),
        after === null
          ? undefined
          : sql`(${knownBad.addedAt}, ${knownBad.mediaId}) < (${moment(after.addedAtMs)}, ${uuid(after.id)})`,
      ),
    )
    .orderBy(desc(knownBad.addedAt), desc(knownBad.mediaId))
    .limit(wish.rowsMax)
})

/** What may not come back, the latest first. */
export async function findKnownBad(db: EdgeDatabase, wish: KnownBadWish) {
  const [session, data] = await readAs(db, wish.sessionId, [knownBadQuery(db, wish)])
  return { session, data } satisfies SessionRead<object[]>
}

export type LiftWish = {
  readonly author: Author
  readonly mediaId: MediaId
  readonly audit: AuditEntry
  readonly nowMs: number
}

/** Lets content come back. What was refused or is held because of it stays so. False: it may come back already. */
export async function liftKnownBad(db: EdgeDatabase, { author, mediaId, audit, nowMs }: LiftWish): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with lifted as (
      update known_bad set lifted_by = ${uuid(author.userId)}, lifted_at = ${moment(nowMs)}
      where media_id = ${uuid(mediaId)} and lifted_at is null and ${isStillModerator(db, author, nowMs)}
      returning media_id
    ), audited as (${auditedBy(audit, sql`lifted`)})
    select * from lifted`)
  return rows.length > 0
}
