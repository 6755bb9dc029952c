import type { CaseId, UserId, WarningId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Author, type Moderator } from '../sessions/signed-in.ts'
import type { WarnInput } from './bans.schema.ts'

export type WarnPersonDeps = SealDeps & {
  readonly nowMs: () => number
  readonly newWarningId: () => WarningId
  readonly warnPerson: (wish: {
    author: Author
    id: WarningId
    userId: UserId
    reason: string
    caseId: CaseId | null
    audit: AuditEntry
    nowMs: number
  }) => Promise<'warned' | WarnRefusal['code']>
}

type WarnRefusal = { readonly code: 'not_found' | 'bans_self' | 'bans_staff' }

/** Has somebody read something before they do anything else. */
export async function warnPerson(
  deps: WarnPersonDeps,
  by: Moderator,
  { userId, reason, caseId }: WarnInput,
): Promise<Result<Record<never, never>, WarnRefusal>> {
  const [author, id, nowMs] = [authorOf(by), deps.newWarningId(), deps.nowMs()]
  const subject = { kind: 'user', id: userId } as const
  const act = {
    chain: null,
    action: 'person.warned',
    actorId: by.id,
    subject,
    detail: { warning: id },
    atMs: nowMs,
  } as const
  const outcome = await deps.warnPerson({ author, id, userId, reason, caseId, audit: await deps.sealEntry(act), nowMs })
  return outcome === 'warned' ? accept({}) : refuse({ code: outcome })
}
