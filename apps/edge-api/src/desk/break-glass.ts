import type { MediaId } from '@shoebox/shared/ids.ts'
import type { Delivery } from '@shoebox/shared/media/derivatives.ts'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Administrator, type Author } from '../sessions/signed-in.ts'
import type { BreakGlassInput, BreakGlassOutput } from './desk.schema.ts'

export type BreakGlassDeps = SealDeps & {
  readonly nowMs: () => number
  /** Writes that it was looked at, and answers where it lies. Null: there is no such item, or they may not. */
  readonly breakGlass: (wish: {
    author: Author
    mediaId: MediaId
    entry: AuditEntry
    nowMs: number
  }) => Promise<{ mediaId: MediaId; generation: string; kind: MediaKind; hasPlay: boolean } | null>
  /** Signs what people are shown of one generation, for minutes. */
  readonly signShortly: (mediaId: MediaId, generation: string) => Promise<Delivery>
}

/** Lets an administrator look at one item without a report. The log says so before they see anything. */
export async function breakGlass(
  deps: BreakGlassDeps,
  by: Administrator,
  { mediaId, reason }: BreakGlassInput,
): Promise<Result<BreakGlassOutput, { code: 'not_found' }>> {
  const nowMs = deps.nowMs()
  const entry = await deps.sealEntry({
    chain: null,
    action: 'media.viewed',
    actorId: by.id,
    subject: { kind: 'media', id: mediaId },
    detail: { reason },
    atMs: nowMs,
  })
  const item = await deps.breakGlass({ author: authorOf(by), mediaId, entry, nowMs })
  if (item === null) return refuse({ code: 'not_found' })
  const { kind, hasPlay, generation } = item
  return accept({ kind, hasPlay, delivery: await deps.signShortly(mediaId, generation) })
}
