import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditDetail, AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import { actOf, changeBy, type AuditedChange, type MemberOf } from '../groups/member-of.ts'
import { authorOf, type Administrator, type Author } from '../sessions/signed-in.ts'
import type { BeginExportInput, BeginGroupExportInput } from './audit.schema.ts'
import type { SealDeps } from './seal-entry.ts'

export type BeginExportDeps = SealDeps & {
  readonly nowMs: () => number
  /** False: the author may not (any more). */
  readonly noteExport: (wish: { author: Author; nowMs: number; audit: AuditEntry }) => Promise<boolean>
  readonly noteGroupExport: (change: AuditedChange) => Promise<boolean>
}

/** Writes down that an administrator takes entries out of the system. The client then reads them page by page. */
export async function beginExport(
  deps: BeginExportDeps,
  by: Administrator,
  { chain, ...filter }: BeginExportInput,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const [author, nowMs] = [authorOf(by), deps.nowMs()]
  const subject = chain === 'all' || chain === 'site' ? site : ({ kind: 'group', id: chain } as const)
  const detail = { ...tellFilter(filter), chain: chain === 'all' ? 'all' : 'one' }
  const act = { chain: null, action: 'export.audit', actorId: author.userId, subject, detail, atMs: nowMs } as const
  const isNoted = await deps.noteExport({ author, nowMs, audit: await deps.sealEntry(act) })
  return isNoted ? accept({}) : refuse({ code: 'not_found' })
}

/** The same for an admin of a group, in its chain. */
export async function beginGroupExport(
  deps: BeginExportDeps,
  admin: MemberOf<'admin'>,
  { groupId, ...filter }: BeginGroupExportInput,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const change = changeBy(admin, deps.nowMs())
  const act = { action: 'export.audit', subject: groupOf(groupId), detail: tellFilter(filter) } as const
  const isNoted = await deps.noteGroupExport({ ...change, audit: await deps.sealEntry(actOf(change, act)) })
  return isNoted ? accept({}) : refuse({ code: 'not_found' })
}

const site = { kind: 'site', id: null } as const
const groupOf = (id: GroupId) => ({ kind: 'group', id }) as const

const tellFilter = ({ action, actorId, subjectId, from, to }: Omit<BeginExportInput, 'chain'>): AuditDetail => ({
  action: action ?? null,
  actor: actorId ?? null,
  subject: subjectId ?? null,
  from: from?.toISOString() ?? null,
  to: to?.toISOString() ?? null,
})
