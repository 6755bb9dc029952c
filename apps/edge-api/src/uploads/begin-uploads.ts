import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { kindOf, type MediaType } from '@shoebox/shared/media/kinds.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { planParts } from '@shoebox/shared/upload/plan-parts.ts'
import { judgeDeclaredFile, type DeclaredFile } from '@shoebox/shared/upload/policy.ts'
import type { MemberOf } from '../groups/member-of.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { SignPut } from './sign-upload.ts'
import type { BeginInput, BeginOutput } from './uploads.schema.ts'

export type Reservation = {
  readonly id: MediaId
  /** The file's place in its batch. */
  readonly ordinal: number
  readonly fileName: string
  readonly declaredType: MediaType
  readonly declaredBytes: number
  /** Null: it goes in parts. */
  readonly declaredSha256: string | null
  readonly incomingKey: string
  readonly allowDuplicate: boolean
}

type Purpose = 'item' | 'avatar' | 'cover'

export type ReservedRow = Omit<Reservation, 'fileName' | 'allowDuplicate'> & {
  readonly state: StoredState
  readonly groupId: GroupId | null
  readonly purpose: Purpose
}

/** Who sends, and the gallery that it goes to: one to which they may add. Null: the public feed. */
export type Uploader = { readonly user: EmailVerified<User>; readonly gallery: MemberOf<'contributor'> | null }

export type ReserveAnswer =
  | { readonly ordinal: number; readonly reserved: ReservedRow }
  | { readonly ordinal: number; readonly refusal: 'too_large_for_plan' | 'over_day_quota' | 'over_total_quota' }
  | { readonly ordinal: number; readonly refusal: 'duplicate'; readonly duplicateOf: MediaId }

export type BeginUploadsDeps = {
  readonly nowMs: () => number
  readonly newMediaId: () => MediaId
  /**
   * Writes the rows that are new and fit, and answers every file: with its row, which is the first one when the batch was
   * declared before and the waiting one when the same content was, or with why there is none. Null when the author's
   * session has ended, or their place in the group.
   */
  readonly reserveUploads: (wish: {
    author: Author
    batchId: string
    reservations: readonly Reservation[]
    groupId: GroupId | null
    purpose: Purpose
    nowMs: number
  }) => Promise<readonly ReserveAnswer[] | null>
  readonly signPut: SignPut
}

type FileAnswer = BeginOutput['files'][number]

/**
 * Reserves room for a batch of files and returns the request each may be sent with.
 * Rows are written before anything is signed, so bytes can never arrive that nobody owns.
 */
export async function beginUploads(
  deps: BeginUploadsDeps,
  uploader: Uploader,
  { batchId, files, purpose }: BeginInput,
): Promise<Result<BeginOutput, { code: 'sign_in_needed' | 'not_found' }>> {
  const groupId = uploader.gallery?.groupId ?? null
  const judged = files.map((file, ordinal) => planReservation(deps, uploader, { file, ordinal, purpose }))
  const firsts = findFirsts(judged)
  const reservations = judged.flatMap((plan, ordinal) => (plan.ok && firsts[ordinal] === ordinal ? [plan.value] : []))
  const answered =
    reservations.length === 0
      ? []
      : await deps.reserveUploads({
          author: authorOf(uploader.user),
          batchId,
          reservations,
          groupId,
          purpose,
          nowMs: deps.nowMs(),
        })
  if (answered === null) return refuse({ code: groupId === null ? 'sign_in_needed' : 'not_found' })

  const byOrdinal = new Map(answered.map((answer) => [answer.ordinal, answer]))
  const answers = judged.map(async (plan, ordinal): Promise<FileAnswer> => {
    if (!plan.ok) return { ok: false, ...plan.refusal }
    const answer = await answerPlanned(deps, plan.value, byOrdinal.get(firsts[ordinal] ?? ordinal))
    return answer.ok && firsts[ordinal] !== ordinal ? { ok: false, code: 'duplicate', mediaId: answer.mediaId } : answer
  })
  return accept({ files: await Promise.all(answers) })
}

/** For each file the first of its batch with the same content, which is itself unless it is there twice unasked. */
function findFirsts(judged: readonly ReturnType<typeof planReservation>[]): number[] {
  const firstOf = new Map<string, number>()
  return judged.map((plan, ordinal) => {
    if (!plan.ok || plan.value.declaredSha256 === null) return ordinal
    const { declaredSha256, declaredBytes, declaredType, allowDuplicate } = plan.value
    const content = `${declaredSha256} ${declaredBytes} ${declaredType}`
    const first = firstOf.get(content)
    if (first === undefined) firstOf.set(content, ordinal)
    return first === undefined || allowDuplicate ? ordinal : first
  })
}

/** A file that passed, and where it goes. */
type Planned = Reservation & Pick<ReservedRow, 'groupId' | 'purpose'>

function planReservation(
  deps: BeginUploadsDeps,
  { user, gallery }: Uploader,
  { file, ordinal, purpose }: { file: DeclaredFile; ordinal: number; purpose: Purpose },
) {
  const judged = judgeDeclaredFile(file)
  if (!judged.ok) return judged
  if (purpose !== 'item' && kindOf(judged.value.type) !== 'image') return refuse({ code: 'type_not_allowed' as const })
  const id = deps.newMediaId()
  return accept<Planned>({
    id,
    ordinal,
    fileName: file.name,
    declaredType: judged.value.type,
    declaredBytes: file.bytes,
    declaredSha256: file.sha256 ?? null,
    incomingKey: incomingKey(user.id, id),
    allowDuplicate: purpose !== 'item' || (file.allowDuplicate ?? false),
    groupId: gallery?.groupId ?? null,
    purpose,
  })
}

async function answerPlanned(
  deps: BeginUploadsDeps,
  wish: Planned,
  answer: ReserveAnswer | undefined,
): Promise<FileAnswer> {
  if (answer === undefined) throw new Error(`no answer came back for ordinal ${wish.ordinal}`)
  if ('reserved' in answer) return await answerReserved(deps, wish, answer.reserved)
  if (answer.refusal === 'duplicate') return { ok: false, code: 'duplicate', mediaId: answer.duplicateOf }
  return { ok: false, code: answer.refusal }
}

async function answerReserved(deps: BeginUploadsDeps, wish: Planned, row: ReservedRow): Promise<FileAnswer> {
  const { id: mediaId, declaredSha256, declaredBytes } = row
  const isSameFile =
    declaredSha256 === wish.declaredSha256 &&
    declaredBytes === wish.declaredBytes &&
    row.declaredType === wish.declaredType &&
    row.groupId === wish.groupId &&
    row.purpose === wish.purpose
  // A batch id names its files for good: signing for another file would break the promise to the first.
  if (!isSameFile) return { ok: false, code: 'invalid_input' }
  if (row.state !== 'reserved') return { ok: false, code: 'upload_settled', mediaId }
  if (declaredSha256 === null) return { ok: true, mediaId, method: 'multipart', ...planParts(declaredBytes) }
  return { ok: true, mediaId, method: 'put', request: await deps.signPut({ ...row, declaredSha256 }) }
}
