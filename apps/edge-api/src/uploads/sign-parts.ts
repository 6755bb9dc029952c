import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { findPart } from '@shoebox/shared/upload/plan-parts.ts'
import { requireUnsettled, type RequireSendingDeps, type SendingRefusal } from './require-sending.ts'
import type { SignPartsInput, SignPartsOutput, UploadRequest } from './uploads.schema.ts'

/** What the signature of a part binds. */
export type PartSubject = {
  readonly incomingKey: string
  readonly multipartUploadId: string
  readonly partNumber: number
  readonly bytes: number
  /** SHA-256 of the part, standard base64. */
  readonly sha256: string
}

export type SignPart = (subject: PartSubject) => Promise<UploadRequest>

export type SignPartsDeps = RequireSendingDeps & { readonly signPart: SignPart }

/** Signs requests for parts. Each can store exactly the bytes that were summed, as that part and no other. */
export async function signParts(
  deps: SignPartsDeps,
  { mediaId, parts }: SignPartsInput,
): Promise<Result<SignPartsOutput, SendingRefusal | { code: 'upload_not_open' }>> {
  const sending = await requireUnsettled(deps, mediaId)
  if (!sending.ok) return sending
  const { incomingKey, multipartUploadId, declaredBytes } = sending.value.row
  if (multipartUploadId === null) return refuse({ code: 'upload_not_open' })

  const subjects: PartSubject[] = []
  for (const { partNumber, sha256 } of parts) {
    const part = findPart(declaredBytes, partNumber)
    if (part === null) return refuse({ code: 'invalid_input' })
    subjects.push({ incomingKey, multipartUploadId, partNumber, bytes: part.end - part.start, sha256 })
  }
  const signed = subjects.map(async (subject) => ({
    partNumber: subject.partNumber,
    request: await deps.signPart(subject),
  }))
  return accept({ parts: await Promise.all(signed) })
}
