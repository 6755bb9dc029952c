import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import type { AuditAction } from '@shoebox/shared/safety/audit-actions.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Author, type Moderator } from '../sessions/signed-in.ts'
import type { JudgeInput, JudgeOutput } from './review.schema.ts'

type HeldChange = {
  readonly author: Author
  readonly mediaIds: readonly MediaId[]
  readonly audits: readonly AuditEntry[]
  readonly nowMs: number
}

export type JudgeHeldDeps = SealDeps & {
  readonly nowMs: () => number
  readonly approveHeld: (change: HeldChange) => Promise<MediaId[]>
  /** With `known`, entries of the log for content that is kept from coming back. */
  readonly refuseHeld: (change: HeldChange & { readonly known: readonly AuditEntry[] | null }) => Promise<MediaId[]>
}

/** Lets items that wait be seen, or takes them down before anybody saw them. Their owners are told. */
export async function judgeHeld(
  deps: JudgeHeldDeps,
  by: Moderator,
  { mediaIds: asked, verdict }: JudgeInput,
): Promise<Result<JudgeOutput, never>> {
  const nowMs = deps.nowMs()
  const mediaIds = [...new Set(asked)]
  const sealEach = (action: AuditAction, kind: 'media' | 'known_bad') =>
    Promise.all(
      mediaIds.map((id) => deps.sealEntry({ chain: null, action, actorId: by.id, subject: { kind, id }, atMs: nowMs })),
    )
  const change = { author: authorOf(by), mediaIds, nowMs }
  if (verdict === 'approve') {
    const audits = await sealEach('review.approved', 'media')
    return accept({ mediaIds: await deps.approveHeld({ ...change, audits }) })
  }
  const audits = await sealEach('review.refused', 'media')
  const known = verdict === 'keep_out' ? await sealEach('known_bad.added', 'known_bad') : null
  return accept({ mediaIds: await deps.refuseHeld({ ...change, audits, known }) })
}
