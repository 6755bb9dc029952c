// Blocking people, taking it back, and the list of whom one blocked. What a block does to everything else that is read
// is block-filter.ts; nothing is copied, so taking it back brings back what was there.
import { and, desc, eq, sql } from 'drizzle-orm'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { blocks } from '../schema/blocks.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { uuid } from './id-param.ts'
import { countChargesQuery, withinLimits, type Charge } from './limit-store.ts'
import { avatarOf } from './membership-store.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'

export type BlockWish = {
  readonly author: Author
  readonly userId: UserId
  readonly charges: readonly Charge[]
  /** How many people one person may have blocked. */
  readonly blocksMax: number
  readonly nowMs: number
}

/** Blocks somebody, once. Answers the counts of the limit, and whether they are there and blocked by the author now. */
export async function addBlock(db: EdgeDatabase, { author, userId, charges, blocksMax, nowMs }: BlockWish) {
  const [me, other] = [uuid(author.userId), uuid(userId)]
  const [counted, , { rows }] = await db.batch([
    countChargesQuery(db, charges),
    db.execute(sql`
      insert into blocks (blocker_id, blocked_id, created_at)
      select ${me}, id, ${moment(nowMs)} from users where id = ${other} and id <> ${me}
        and ${isStillSignedIn(author, nowMs)} and ${withinLimits(db, charges)}
        and (select count(*) from blocks where blocker_id = ${me}) < ${blocksMax}
      on conflict (blocker_id, blocked_id) do nothing`),
    db.execute<{ is_there: boolean; is_blocked: boolean }>(sql`
      select exists (select 1 from users where id = ${other}) as is_there,
        exists (select 1 from blocks where blocker_id = ${me} and blocked_id = ${other}) as is_blocked`),
  ])
  return { counted, isThere: rows[0]?.is_there === true, isBlocked: rows[0]?.is_blocked === true }
}

/** Takes a block of the author's back, if there is one. One of the other's against them stays. */
export async function removeBlock(
  db: EdgeDatabase,
  { author, userId, nowMs }: Pick<BlockWish, 'author' | 'userId' | 'nowMs'>,
): Promise<void> {
  await db
    .delete(blocks)
    .where(and(eq(blocks.blockerId, author.userId), eq(blocks.blockedId, userId), isStillSignedIn(author, nowMs)))
}

const blockedQuery = declareQuery((db, wish: Slots<Viewer & { readonly rowsMax: number }>) =>
  db
    .select({ id: users.id, name: users.name, avatar: avatarOf('users'), blockedAt: blocks.createdAt })
    .from(blocks)
    .innerJoin(users, eq(users.id, blocks.blockedId))
    .where(sql`${blocks.blockerId} = ${viewerId(wish)}`)
    .orderBy(desc(blocks.createdAt), desc(blocks.blockedId))
    .limit(wish.rowsMax),
)

/** Whom the session's user blocked, the latest first, and the session itself, in one trip. */
export async function findBlocked(db: EdgeDatabase, wish: Viewer & { readonly rowsMax: number }) {
  const [session, data] = await readAs(db, wish.sessionId, [blockedQuery(db, wish)])
  return { session, data } satisfies SessionRead<object[]>
}
