import type { BanId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Author, type Moderator } from '../sessions/signed-in.ts'

export type LiftBanDeps = SealDeps & {
  readonly nowMs: () => number
  /** Null: there is no such ban in force. Its person is null where their account is gone. */
  readonly liftBan: (wish: {
    author: Author
    id: BanId
    audit: AuditEntry
    nowMs: number
  }) => Promise<{ readonly person: { readonly name: string; readonly email: string } | null } | null>
  readonly mailAfterwards: (mail: MailMessage) => void
}

/** Lets somebody in again before their ban ends by itself. */
export async function liftBan(
  deps: LiftBanDeps,
  by: Moderator,
  id: BanId,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const [author, nowMs] = [authorOf(by), deps.nowMs()]
  const subject = { kind: 'site', id: null } as const
  const act = {
    chain: null,
    action: 'person.unbanned',
    actorId: by.id,
    subject,
    detail: { ban: id },
    atMs: nowMs,
  } as const
  const lifted = await deps.liftBan({ author, id, audit: await deps.sealEntry(act), nowMs })
  if (lifted === null) return refuse({ code: 'not_found' })
  const { person } = lifted
  if (person !== null) deps.mailAfterwards({ version: 1, template: 'ban-lifted', to: person.email, name: person.name })
  return accept({})
}
