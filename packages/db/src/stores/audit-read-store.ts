// The audit log for whoever may look at it: administrators at all of it, admins of a group at its chain. Names are those
// of today: an entry knows ids alone, and of who is gone nothing is left but that.
import { and, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { AuditId, GroupId, Id, IdKind, UserId } from '@shoebox/shared/ids.ts'
import { uuidOf } from '@shoebox/shared/ids.ts'
import type { AuditAction } from '@shoebox/shared/safety/audit-actions.ts'
import { siteChain } from '@shoebox/shared/safety/audit-entry.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { users } from '../schema/accounts.ts'
import { auditEntries } from '../schema/audit.ts'
import { groups } from '../schema/groups.ts'
import { isStillAdministrator, type AdministratorWish } from './administrator-store.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { uuid } from './id-param.ts'
import { isMemberOf, mayChange, membershipQuery, type GroupChange, type GroupRead } from './membership-store.ts'
import { moment } from './moment.ts'
import { sessionQuery, type SessionRead } from './session-store.ts'

export type AuditFilter = {
  readonly action?: AuditAction | undefined
  readonly actorId?: UserId | undefined
  readonly subjectId?: Id<IdKind> | undefined
  /** Both as moments; `to` is not included. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

export type AuditPage = AuditFilter & {
  readonly sessionId: string
  /** The last entry of the page before; null for the newest. */
  readonly before: AuditId | null
  readonly rowsMax: number
  readonly nowMs: number
}

/** Of which chain: a group's, the site's, or all of them. */
export type ChainWish = GroupId | 'site' | 'all'

/** A page of the log, the newest first, for administrators. */
export async function findAuditEntries(db: EdgeDatabase, wish: AuditPage & { readonly chain: ChainWish }) {
  const { sessionId, nowMs } = wish
  const mayLook = sql`exists (
    select 1 from sessions join users as asking on asking.id = sessions.user_id
    where sessions.id = ${sessionId} and asking.role = 'administrator' and sessions.expires_at > ${moment(nowMs)}
      and sessions.stepped_up_until > ${moment(nowMs)})`
  const [[session], data] = await retryRead(() =>
    db.batch([sessionQuery(db, sessionId), entriesQuery(db, wish, wish.chain, mayLook)]),
  )
  return { session: session ?? null, data } satisfies SessionRead<object[]>
}

/** The same of one group, for its admins. */
export async function findGroupAuditEntries(db: EdgeDatabase, wish: AuditPage & { readonly groupId: GroupId }) {
  const mayLook = isMemberOf(wish, uuid(wish.groupId), 'admin')
  const [[session], [membership], found] = await retryRead(() =>
    db.batch([
      sessionQuery(db, wish.sessionId),
      membershipQuery(db, wish),
      entriesQuery(db, wish, wish.groupId, mayLook),
    ]),
  )
  return { session: session ?? null, data: { membership: membership ?? null, found } } satisfies GroupRead<object[]>
}

function entriesQuery(db: EdgeDatabase, wish: AuditPage, chain: ChainWish, mayLook: SQL) {
  const [actor, subject] = [alias(users, 'actor'), alias(users, 'subject')]
  const { action, actorId, subjectId, from, to, before } = wish
  const uuidOfChain = chain === 'all' ? null : chain === 'site' ? siteChain : uuidOf(chain)
  // A chain has its own order; of several chains, entries of one millisecond may stand either way.
  const isBefore =
    before === null
      ? undefined
      : uuidOfChain === null
        ? lt(auditEntries.id, before)
        : sql`${auditEntries.seq} < (select seq from audit_entries as last where last.id = ${uuid(before)})`
  return db
    .select({
      id: auditEntries.id,
      seq: auditEntries.seq,
      at: auditEntries.at,
      action: auditEntries.action,
      chain: auditEntries.chain,
      groupName: groups.name,
      actorId: auditEntries.actorId,
      actorName: actor.name,
      subjectKind: auditEntries.subjectKind,
      subjectId: auditEntries.subjectId,
      subjectName: subject.name,
      detail: auditEntries.detail,
      mac: sql<string>`encode(${auditEntries.mac}, 'hex')`,
    })
    .from(auditEntries)
    .leftJoin(groups, sql`${groups.id} = ${auditEntries.chain}`)
    .leftJoin(actor, eq(actor.id, auditEntries.actorId))
    .leftJoin(subject, sql`${subject.id} = ${auditEntries.subjectId} and ${auditEntries.subjectKind} = 'user'`)
    .where(
      and(
        mayLook,
        uuidOfChain === null ? undefined : eq(auditEntries.chain, uuidOfChain),
        action && eq(auditEntries.action, action),
        actorId && eq(auditEntries.actorId, actorId),
        subjectId && eq(auditEntries.subjectId, uuidOf(subjectId)),
        from && gte(auditEntries.at, from),
        to && lt(auditEntries.at, to),
        isBefore,
      ),
    )
    .orderBy(desc(uuidOfChain === null ? auditEntries.id : auditEntries.seq))
    .limit(wish.rowsMax)
}

/** Writes down that an administrator exports entries. False: they may not any more. */
export async function noteExport(db: EdgeDatabase, wish: AdministratorWish & Audited): Promise<boolean> {
  return await note(db, wish, isStillAdministrator(wish))
}

/** The same of one group's entries by an admin of it. */
export async function noteGroupExport(db: EdgeDatabase, wish: GroupChange & Audited): Promise<boolean> {
  return await note(db, wish, mayChange(wish, 'admin'))
}

async function note(db: EdgeDatabase, { audit }: Audited, mayLook: SQL): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with allowed as (select 1 where ${mayLook}), audited as (${auditedBy(audit, sql`allowed`)})
    select 1 from allowed`)
  return rows.length > 0
}
