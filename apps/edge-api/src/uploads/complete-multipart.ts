import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { findPart, planParts } from '@shoebox/shared/upload/plan-parts.ts'
import type { MultipartStorage, StoredPart } from './multipart-storage.ts'
import {
  lookForObject,
  requireSending,
  type LookForObjectDeps,
  type RequireSendingDeps,
  type SendingRefusal,
} from './require-sending.ts'

export type CompleteMultipartDeps = RequireSendingDeps &
  LookForObjectDeps & { readonly multiparts: Pick<MultipartStorage, 'list' | 'complete' | 'isThere'> }

export type CompleteRefusal =
  | SendingRefusal
  | { readonly code: 'upload_not_open' }
  | { readonly code: 'parts_missing'; readonly missing: readonly number[] }

/**
 * Makes one object of the parts, once they are what was reserved: every part of the plan, with its length. The browser's
 * word counts for nothing here, S3 is asked. Doing it again is fine, whenever it is done.
 */
export async function completeMultipart(
  deps: CompleteMultipartDeps,
  mediaId: MediaId,
): Promise<Result<Record<never, never>, CompleteRefusal>> {
  const sending = await requireSending(deps, mediaId)
  if (!sending.ok) return sending
  const { state, incomingKey, multipartUploadId, declaredBytes } = sending.value.row
  // The processor was faster than the answer to the first call: there is nothing left to complete.
  if (state === 'ready' || state === 'refused') return accept({})
  if (state !== 'reserved') return refuse({ code: 'upload_settled' })
  if (multipartUploadId === null) return refuse({ code: 'upload_not_open' })

  // All of them: a plan has at most 100 parts, and S3 lists 1000 at once.
  const stored = await deps.multiparts.list(incomingKey, multipartUploadId, 0)
  if (stored !== null) {
    const { parts, missing } = matchPlan(declaredBytes, stored.parts)
    if (missing.length > 0) return refuse({ code: 'parts_missing', missing })
    const became = await deps.multiparts.complete(incomingKey, multipartUploadId, parts)
    if (became !== 'gone') return accept({})
  }
  const became = await lookForObject(deps, sending.value, multipartUploadId)
  return became === 'received' ? accept({}) : refuse({ code: 'upload_not_open' })
}

/** The parts of the plan in their order, and the numbers of those that are not there or have another length. */
function matchPlan(declaredBytes: number, stored: readonly StoredPart[]) {
  const byNumber = new Map(stored.map((part) => [part.partNumber, part]))
  const parts: StoredPart[] = []
  const missing: number[] = []
  for (let partNumber = 1; partNumber <= planParts(declaredBytes).parts; partNumber += 1) {
    const planned = findPart(declaredBytes, partNumber)
    const part = byNumber.get(partNumber)
    if (planned === null || part?.bytes !== planned.end - planned.start) missing.push(partNumber)
    else parts.push(part)
  }
  return { parts, missing }
}
