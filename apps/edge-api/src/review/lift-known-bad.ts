import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Author, type Moderator } from '../sessions/signed-in.ts'

export type LiftKnownBadDeps = SealDeps & {
  readonly nowMs: () => number
  /** False: it may come back already, or the author may not any more. */
  readonly liftKnownBad: (wish: {
    author: Author
    mediaId: MediaId
    audit: AuditEntry
    nowMs: number
  }) => Promise<boolean>
}

/** Lets content come back that was removed, after an appeal or because it was kept out by mistake. */
export async function liftKnownBad(
  deps: LiftKnownBadDeps,
  by: Moderator,
  mediaId: MediaId,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const nowMs = deps.nowMs()
  const subject = { kind: 'known_bad', id: mediaId } as const
  const audit = await deps.sealEntry({ chain: null, action: 'known_bad.lifted', actorId: by.id, subject, atMs: nowMs })
  const isLifted = await deps.liftKnownBad({ author: authorOf(by), mediaId, audit, nowMs })
  return isLifted ? accept({}) : refuse({ code: 'not_found' })
}
