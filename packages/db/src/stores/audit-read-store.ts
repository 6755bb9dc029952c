// The audit log for whoever may look at it: administrators at all of it, admins of a group at its chain. Names are those
// of today: an entry knows ids alone, and of who is gone nothing is left but that.
import { and, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { AuditId, GroupId, Id, IdKind, UserId } from '@shoebox/shared/ids.ts'
import { uuidOf } from '@shoebox/shared/ids.ts'
import type { AuditAction } from '@shoebox/shared/safety/audit-actions.ts'
import { siteChain } from '@shoebox/shared/safety/audit-entry.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, matches, valueOf, written, type Slots } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { auditEntries } from '../schema/audit.ts'
import { groups } from '../schema/groups.ts'
import { isStillAdministrator, type AdministratorWish } from './administrator-store.ts'
import { auditedBy, type Audited } from './audit-store.ts'
import { uuid } from './id-param.ts'
import { isMemberOf, mayChange, membershipQuery, type GroupChange, type GroupRead } from './membership-store.ts'
import { moment } from './moment.ts'
import { readAs } from './read-as.ts'
import type { SessionRead } from './session-store.ts'

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
  const chain = wish.chain === 'all' ? null : wish.chain === 'site' ? siteChain : uuidOf(wish.chain)
  const [session, data] = await readAs(db, wish.sessionId, [entriesQuery(db, { ...wish, chain, groupId: null })])
  return { session, data } satisfies SessionRead<object[]>
}

/** The same of one group, for its admins. */
export async function findGroupAuditEntries(db: EdgeDatabase, wish: AuditPage & { readonly groupId: GroupId }) {
  const [session, [membership], found] = await readAs(db, wish.sessionId, [
    membershipQuery(db, wish),
    entriesQuery(db, { ...wish, chain: uuidOf(wish.groupId) }),
  ])
  return { session, data: { membership: membership ?? null, found } } satisfies GroupRead<object[]>
}

type EntriesWish = AuditPage & {
  /** Null: all of them. */
  readonly chain: string | null
  /** For its admins; null: for administrators. */
  readonly groupId: GroupId | null
}

const mayLook = ({ groupId, ...viewer }: Slots<EntriesWish>): SQL =>
  groupId === null ? isAdministrator(viewer) : isMemberOf(viewer, uuid(groupId), 'admin')

const isAdministrator = ({ sessionId, nowMs }: Slots<Pick<AuditPage, 'sessionId' | 'nowMs'>>): SQL => sql`exists (
    select 1 from sessions join users as asking on asking.id = sessions.user_id
    where sessions.id = ${sessionId} and asking.role = 'administrator' and sessions.expires_at > ${moment(nowMs)}
      and sessions.stepped_up_until > ${moment(nowMs)})`

const entriesQuery = declareQuery((db, wish: Slots<EntriesWish>) => {
  const [actor, subject] = [alias(users, 'actor'), alias(users, 'subject')]
  const { action, actorId, subjectId, from, to, before, chain } = wish
  // A chain has its own order; of several chains, entries of one millisecond may stand either way.
  const isBefore =
    before === null
      ? undefined
      : chain === null
        ? lt(auditEntries.id, valueOf(auditEntries.id, before))
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
        mayLook(wish),
        chain === null ? undefined : matches(auditEntries.chain, chain),
        action && matches(auditEntries.action, action),
        actorId && matches(auditEntries.actorId, actorId),
        subjectId && sql`${auditEntries.subjectId} = ${written<Id<IdKind>>(subjectId, uuidOf)}`,
        from && gte(auditEntries.at, moment(from)),
        to && lt(auditEntries.at, moment(to)),
        isBefore,
      ),
    )
    .orderBy(desc(chain === null ? auditEntries.id : auditEntries.seq))
    .limit(wish.rowsMax)
})

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
