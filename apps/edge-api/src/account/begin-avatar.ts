import type { MediaId } from '@shoebox/shared/ids.ts'
import { kindOf } from '@shoebox/shared/media/kinds.ts'
import type { PreflightRefusal } from '@shoebox/shared/refusals.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { judgeDeclaredFile } from '@shoebox/shared/upload/policy.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { Reservation, ReserveAnswer } from '../uploads/begin-uploads.ts'
import type { SignPut } from '../uploads/sign-upload.ts'
import type { UploadRequest } from '../uploads/uploads.schema.ts'
import type { BeginAvatarInput } from './account.schema.ts'

export type BeginAvatarDeps = {
  readonly nowMs: () => number
  readonly newMediaId: () => MediaId
  readonly newBatchId: () => string
  /** Null when the author's session has ended. */
  readonly reserveAvatar: (wish: {
    author: Author
    batchId: string
    reservations: readonly Reservation[]
    nowMs: number
  }) => Promise<readonly ReserveAnswer[] | null>
  readonly signPut: SignPut
}

/**
 * Reserves room for a picture of somebody, square by the time it is sent. It takes the way of every upload and is
 * listed nowhere; `account.setAvatar` makes it theirs once it is ready.
 */
export async function beginAvatar(
  deps: BeginAvatarDeps,
  user: EmailVerified<User>,
  { type, bytes, sha256 }: BeginAvatarInput,
): Promise<Result<{ mediaId: MediaId; request: UploadRequest }, { code: PreflightRefusal | 'sign_in_needed' }>> {
  const judged = judgeDeclaredFile({ name: 'avatar', type, bytes })
  if (!judged.ok) return refuse({ code: judged.refusal.code })
  const declaredType = judged.value.type
  if (kindOf(declaredType) !== 'image') return refuse({ code: 'type_not_allowed' })
  if (judged.value.method !== 'put') return refuse({ code: 'file_too_large' })

  const id = deps.newMediaId()
  const reservation = {
    id,
    ordinal: 0,
    fileName: 'avatar',
    declaredType,
    declaredBytes: bytes,
    declaredSha256: sha256,
    incomingKey: incomingKey(user.id, id),
    // Whether the same picture is among their items is nobody's business here.
    allowDuplicate: true,
  }
  const wish = { author: authorOf(user), batchId: deps.newBatchId(), reservations: [reservation], nowMs: deps.nowMs() }
  const [answer] = (await deps.reserveAvatar(wish)) ?? []
  if (answer === undefined) return refuse({ code: 'sign_in_needed' })
  if ('refusal' in answer) return refuse({ code: answer.refusal })
  return accept({ mediaId: id, request: await deps.signPut(reservation) })
}
