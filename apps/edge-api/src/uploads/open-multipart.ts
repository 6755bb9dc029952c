import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { planParts, type PartPlan } from '@shoebox/shared/upload/plan-parts.ts'
import type { MultipartStorage } from './multipart-storage.ts'
import {
  requireUnsettled,
  type MultipartWish,
  type RequireSendingDeps,
  type SendingRefusal,
} from './require-sending.ts'

export type OpenMultipartDeps = RequireSendingDeps & {
  readonly multiparts: Pick<MultipartStorage, 'open' | 'abort'>
  /** Stores the name of the upload unless there is one; returns the stored one, or null when it is settled meanwhile. */
  readonly keepMultipart: (wish: MultipartWish) => Promise<string | null>
}

/** Makes S3 ready to take the parts of a reserved file. Doing it again changes nothing, in another tab at once neither. */
export async function openMultipart(
  deps: OpenMultipartDeps,
  mediaId: MediaId,
): Promise<Result<PartPlan, SendingRefusal>> {
  const sending = await requireUnsettled(deps, mediaId)
  if (!sending.ok) return sending
  const { author, row } = sending.value
  const plan = planParts(row.declaredBytes)
  if (row.multipartUploadId !== null) return accept(plan)

  const opened = await deps.multiparts.open(row.incomingKey, row.declaredType)
  const kept = await deps.keepMultipart({ author, mediaId, nowMs: deps.nowMs(), multipartUploadId: opened })
  if (kept !== opened) await deps.multiparts.abort(row.incomingKey, opened)
  return kept === null ? refuse({ code: 'upload_settled' }) : accept(plan)
}
