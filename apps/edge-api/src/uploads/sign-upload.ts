import type { MediaId } from '@shoebox/shared/ids.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { UploadRequest } from './uploads.schema.ts'

/** What a signature binds. */
export type PutSubject = {
  readonly incomingKey: string
  readonly declaredType: MediaType
  readonly declaredBytes: number
  readonly declaredSha256: string
}

export type SignPut = (subject: PutSubject) => Promise<UploadRequest>

/** Without a checksum: it goes in parts. */
export type FoundUpload = Omit<PutSubject, 'declaredSha256'> & {
  readonly declaredSha256: string | null
  readonly state: StoredState
}

export type SignUploadDeps = {
  readonly nowMs: () => number
  /** The author's own upload, or null: another's is answered exactly like none. */
  readonly findUpload: (wish: { author: Author; mediaId: MediaId; nowMs: number }) => Promise<FoundUpload | null>
  readonly signPut: SignPut
}

/** Signs anew for a file that is reserved and not there yet: URLs are short-lived, reservations are not. */
export async function signUpload(
  deps: SignUploadDeps,
  uploader: EmailVerified<User>,
  mediaId: MediaId,
): Promise<Result<{ request: UploadRequest }, { code: 'not_found' | 'upload_settled' | 'invalid_input' }>> {
  const upload = await deps.findUpload({ author: authorOf(uploader), mediaId, nowMs: deps.nowMs() })
  if (upload === null) return refuse({ code: 'not_found' })
  if (upload.state !== 'reserved') return refuse({ code: 'upload_settled' })
  const { declaredSha256 } = upload
  if (declaredSha256 === null) return refuse({ code: 'invalid_input' })
  return accept({ request: await deps.signPut({ ...upload, declaredSha256 }) })
}
