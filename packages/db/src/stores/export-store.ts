// Exports of somebody's data: asked for in the app, written by a Lambda, removed after some days.
import { and, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { ExportId, UserId } from '@shoebox/shared/ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { declareQuery, type Slots } from '../declare-query.ts'
import { sessions, users } from '../schema/accounts.ts'
import { blocks } from '../schema/blocks.ts'
import { comments, hiddenItems } from '../schema/gallery.ts'
import { groups, invites, joinRequests, memberships } from '../schema/groups.ts'
import { dataExports } from '../schema/leaving.ts'
import { likes, media } from '../schema/media.ts'
import { cases, reports } from '../schema/reports.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { readJudged } from './judged-store.ts'
import { readLogged } from './logged-store.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import { isStillSignedIn, type Author, type SessionRead } from './session-store.ts'
import { readTold } from './told-store.ts'

export type ExportWish = { readonly id: ExportId; readonly author: Author; readonly nowMs: number }

/** Asks for an export, unless one is waiting or was made within the hour: then that one is what they get. */
export async function requestExport(db: EdgeDatabase, { id, author, nowMs }: ExportWish): Promise<void> {
  await db.execute(sql`
    insert into ${dataExports} (id, user_id, requested_at, next_try_at)
    select ${sql.param(id, dataExports.id)}::uuid, ${sql.param(author.userId, users.id)}::uuid, ${moment(nowMs)}, ${moment(nowMs)}
    where ${isStillSignedIn(author, nowMs)} and not exists (
      select 1 from ${dataExports} where user_id = ${sql.param(author.userId, users.id)}
        and requested_at > ${moment(nowMs - 3_600_000)})
    on conflict (user_id) where ready_at is null do nothing`)
}

const latestQuery = declareQuery((db, wish: Slots<Viewer>) =>
  db
    .select({
      id: dataExports.id,
      userId: dataExports.userId,
      requestedAt: dataExports.requestedAt,
      readyAt: dataExports.readyAt,
      expiresAt: dataExports.expiresAt,
      bytes: dataExports.bytes,
    })
    .from(dataExports)
    .where(
      and(
        eq(dataExports.userId, viewerId(wish)),
        or(isNull(dataExports.expiresAt), gt(dataExports.expiresAt, moment(wish.nowMs))),
      ),
    )
    .orderBy(desc(dataExports.requestedAt))
    .limit(1),
)

/** The latest export of the session's user that is still to be had, and the session itself, in one trip. */
export async function findOwnExport(db: EdgeDatabase, wish: Viewer) {
  const [session, [data]] = await readAs(db, wish.sessionId, [latestQuery(db, wish)])
  return { session, data: data ?? null } satisfies SessionRead<object | null>
}

export type WaitingExport = { readonly id: ExportId; readonly userId: UserId }

/** Takes exports that are due, each with its next try written ahead, ever later: one that dies comes again by itself. */
export async function claimExports(
  db: PoolDatabase,
  { nowMs, rowsMax }: { nowMs: number; rowsMax: number },
): Promise<WaitingExport[]> {
  const due = db
    .select({ id: dataExports.id })
    .from(dataExports)
    .where(and(isNull(dataExports.readyAt), isNull(dataExports.expiresAt), lte(dataExports.nextTryAt, new Date(nowMs))))
    .orderBy(dataExports.nextTryAt)
    .limit(rowsMax)
    .for('update', { skipLocked: true })
  return await db
    .update(dataExports)
    .set({
      attempts: sql`${dataExports.attempts} + 1`,
      nextTryAt: sql`${moment(nowMs)} + interval '5 minutes' * (1 << least(${dataExports.attempts}, 6))`,
    })
    .where(inArray(dataExports.id, due))
    .returning({ id: dataExports.id, userId: dataExports.userId })
}

/** All that is kept about somebody, but hashes. Null: they are gone. */
export async function readPersonalData(db: PoolDatabase, userId: UserId) {
  const [account] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      phone: users.phone,
      plan: users.plan,
      role: users.role,
      createdAt: users.createdAt,
      emailVerifiedAt: users.emailVerifiedAt,
      termsVersion: users.termsVersion,
      termsAcceptedAt: users.termsAcceptedAt,
    })
    .from(users)
    .where(eq(users.id, userId))
  if (account === undefined) return null
  return {
    account,
    items: await readItems(db, userId),
    sessions: await db
      .select({
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        userAgent: sessions.userAgent,
        country: sessions.country,
        city: sessions.city,
      })
      .from(sessions)
      .where(eq(sessions.userId, userId)),
    likes: await db
      .select({ mediaId: likes.mediaId, createdAt: likes.createdAt })
      .from(likes)
      .where(eq(likes.userId, userId)),
    comments: await db
      .select({ id: comments.id, mediaId: comments.mediaId, text: comments.text, createdAt: comments.createdAt })
      .from(comments)
      .where(eq(comments.authorId, userId)),
    reports: await readReports(db, userId),
    judged: await readJudged(db, userId),
    told: await readTold(db, userId),
    logged: await readLogged(db, userId),
    ...(await readBelonging(db, userId)),
  }
}

/** What they reported and what came of it. Whose it was is theirs to tell, and stands in nobody else's export. */
const readReports = async (db: PoolDatabase, userId: UserId) =>
  await db
    .select({
      about: cases.subjectKind,
      reason: reports.reason,
      note: reports.note,
      createdAt: reports.createdAt,
      outcome: cases.state,
      decidedAt: cases.decidedAt,
    })
    .from(reports)
    .innerJoin(cases, eq(cases.id, reports.caseId))
    .where(eq(reports.reporterId, userId))
    .orderBy(reports.id)

const readItems = async (db: PoolDatabase, userId: UserId) =>
  await db
    .select({
      id: media.id,
      purpose: media.purpose,
      state: media.state,
      refusalReason: media.refusalReason,
      declaredType: media.declaredType,
      declaredBytes: media.declaredBytes,
      listing: media.listing,
      groupId: media.groupId,
      fileName: media.fileName,
      type: media.type,
      bytes: media.bytes,
      sha256: media.sha256,
      caption: media.caption,
      altText: media.altText,
      takenLocal: media.takenLocal,
      takenOffsetMinutes: media.takenOffsetMinutes,
      camera: media.camera,
      lens: media.lens,
      place: media.place,
      likeCount: media.likeCount,
      commentCount: media.commentCount,
      trashedAt: media.trashedAt,
      createdAt: media.createdAt,
      publishedAt: media.publishedAt,
    })
    .from(media)
    .where(eq(media.ownerId, userId))
    .orderBy(media.id)

/** Where they belong, asked to belong, and invited others; whom and what they do not want to see. */
const readBelonging = async (db: PoolDatabase, userId: UserId) => ({
  groups: await db
    .select({ id: groups.id, name: groups.name, role: memberships.role, joinedAt: memberships.joinedAt })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(eq(memberships.userId, userId)),
  joinRequests: await db
    .select({
      groupName: groups.name,
      role: joinRequests.role,
      createdAt: joinRequests.createdAt,
      declinedAt: joinRequests.declinedAt,
    })
    .from(joinRequests)
    .innerJoin(groups, eq(groups.id, joinRequests.groupId))
    .where(eq(joinRequests.userId, userId)),
  invites: await db
    .select({
      groupId: invites.groupId,
      role: invites.role,
      createdAt: invites.createdAt,
      expiresAt: invites.expiresAt,
      revokedAt: invites.revokedAt,
      uses: invites.uses,
    })
    .from(invites)
    .where(eq(invites.createdBy, userId)),
  blocked: await db
    .select({ userId: blocks.blockedId, createdAt: blocks.createdAt })
    .from(blocks)
    .where(eq(blocks.blockerId, userId)),
  hiddenItems: await db
    .select({ mediaId: hiddenItems.mediaId, hiddenAt: hiddenItems.hiddenAt })
    .from(hiddenItems)
    .where(eq(hiddenItems.userId, userId)),
})

export type PersonalData = NonNullable<Awaited<ReturnType<typeof readPersonalData>>>

/** Notes that the file is there. False: the account was deleted meanwhile, or another run was faster. */
export async function markExportReady(
  db: PoolDatabase,
  id: ExportId,
  { bytes, readyAt, expiresAt }: { bytes: number; readyAt: Date; expiresAt: Date },
): Promise<boolean> {
  const marked = await db
    .update(dataExports)
    .set({ bytes, readyAt, expiresAt })
    .where(and(eq(dataExports.id, id), isNull(dataExports.readyAt), isNull(dataExports.expiresAt)))
    .returning({ id: dataExports.id })
  return marked.length > 0
}

export const findEndedExports = async (db: PoolDatabase, nowMs: number, rowsMax: number): Promise<WaitingExport[]> =>
  await db
    .select({ id: dataExports.id, userId: dataExports.userId })
    .from(dataExports)
    .where(lte(dataExports.expiresAt, new Date(nowMs)))
    .orderBy(dataExports.expiresAt)
    .limit(rowsMax)

export async function forgetExport(db: PoolDatabase, id: ExportId): Promise<void> {
  await db.delete(dataExports).where(eq(dataExports.id, id))
}
