// The check that every call about parts begins with: whose upload it is, that it goes in parts and that it is not
// settled. The session is checked in the same trip.
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { authorOf, type Author, type CheckedRead } from '../sessions/signed-in.ts'
import type { MultipartStorage } from './multipart-storage.ts'

/** An upload on its way, as the database knows it. */
export type SendingRow = {
  readonly id: MediaId
  readonly state: StoredState
  readonly incomingKey: string
  readonly declaredType: MediaType
  readonly declaredBytes: number
  /** Null when it goes in parts. */
  readonly declaredSha256: string | null
  readonly multipartUploadId: string | null
}

export type MultipartWish = {
  readonly author: Author
  readonly mediaId: MediaId
  readonly nowMs: number
  readonly multipartUploadId: string
}

export type RequireSendingDeps = {
  readonly nowMs: () => number
  /** Checks the session and reads its user's own upload in one trip; null when nobody is signed in. */
  readonly readSending: (mediaId: MediaId) => Promise<CheckedRead<SendingRow | null> | null>
}

export type SendingRefusal = { readonly code: 'sign_in_needed' | 'not_found' | 'upload_settled' | 'invalid_input' }

export type Sending = { readonly author: Author; readonly row: SendingRow }

/** The signed-in person's own upload that goes in parts, in whatever state. Another's is answered exactly like none. */
export async function requireSending(
  deps: RequireSendingDeps,
  mediaId: MediaId,
): Promise<Result<Sending, SendingRefusal>> {
  const read = await deps.readSending(mediaId)
  if (read === null) return refuse({ code: 'sign_in_needed' })
  if (read.data === null) return refuse({ code: 'not_found' })
  if (read.data.declaredSha256 !== null) return refuse({ code: 'invalid_input' })
  return accept({ author: authorOf(read.user), row: read.data })
}

/** The same, and still waiting for parts. */
export async function requireUnsettled(
  deps: RequireSendingDeps,
  mediaId: MediaId,
): Promise<Result<Sending, SendingRefusal>> {
  const sending = await requireSending(deps, mediaId)
  if (sending.ok && sending.value.row.state !== 'reserved') return refuse({ code: 'upload_settled' })
  return sending
}

export type LookForObjectDeps = {
  readonly nowMs: () => number
  readonly multiparts: Pick<MultipartStorage, 'isThere'>
  /** Forgets the name of a multipart upload, if it is still the stored one. */
  readonly forgetMultipart: (wish: MultipartWish) => Promise<void>
}

/**
 * What became of a multipart upload that S3 knows no more: it was completed and its object is there, or it is lost and
 * its name is forgotten, so that another can be opened.
 */
export async function lookForObject(
  deps: LookForObjectDeps,
  { author, row }: Sending,
  multipartUploadId: string,
): Promise<'received' | 'lost'> {
  if (await deps.multiparts.isThere(row.incomingKey)) return 'received'
  await deps.forgetMultipart({ author, mediaId: row.id, nowMs: deps.nowMs(), multipartUploadId })
  return 'lost'
}
