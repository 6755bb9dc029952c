import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { MultipartStorage } from './multipart-storage.ts'
import {
  lookForObject,
  requireUnsettled,
  type LookForObjectDeps,
  type RequireSendingDeps,
  type SendingRefusal,
} from './require-sending.ts'
import type { ListPartsInput, ListPartsOutput } from './uploads.schema.ts'

export type ListPartsDeps = RequireSendingDeps &
  LookForObjectDeps & { readonly multiparts: Pick<MultipartStorage, 'list' | 'isThere'> }

/** Which parts S3 has: what a browser need not send again after a reload, a crash or on another day. */
export async function listParts(
  deps: ListPartsDeps,
  { mediaId, after }: ListPartsInput,
): Promise<Result<ListPartsOutput, SendingRefusal | { code: 'upload_not_open' }>> {
  const sending = await requireUnsettled(deps, mediaId)
  if (!sending.ok) return sending
  const { incomingKey, multipartUploadId } = sending.value.row
  if (multipartUploadId === null) return refuse({ code: 'upload_not_open' })

  const page = await deps.multiparts.list(incomingKey, multipartUploadId, after)
  if (page !== null) {
    const parts = page.parts.map(({ partNumber, bytes, sha256 }) => ({ partNumber, bytes, sha256 }))
    return accept({ isReceived: false, parts, nextAfter: page.nextAfter })
  }
  const became = await lookForObject(deps, sending.value, multipartUploadId)
  if (became === 'lost') return refuse({ code: 'upload_not_open' })
  return accept({ isReceived: true, parts: [], nextAfter: null })
}
