import type { MediaId } from '@shoebox/shared/ids.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { judgeDeclaredFile, type DeclaredFile } from '@shoebox/shared/upload/policy.ts'
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
  readonly declaredSha256: string
  readonly incomingKey: string
}

export type ReservedRow = Omit<Reservation, 'fileName'> & { readonly state: StoredState }

export type BeginUploadsDeps = {
  readonly nowMs: () => number
  readonly newMediaId: () => MediaId
  /**
   * Writes the rows that are new and returns all of them, with the ids they had when the batch was declared before.
   * Null when the author's session has ended.
   */
  readonly reserveUploads: (wish: {
    author: Author
    batchId: string
    reservations: readonly Reservation[]
    nowMs: number
  }) => Promise<readonly ReservedRow[] | null>
  readonly signPut: SignPut
}

type FileAnswer = BeginOutput['files'][number]

/**
 * Reserves room for a batch of files and returns the request each may be sent with.
 * Rows are written before anything is signed, so bytes can never arrive that nobody owns.
 */
export async function beginUploads(
  deps: BeginUploadsDeps,
  uploader: EmailVerified<User>,
  { batchId, files }: BeginInput,
): Promise<Result<BeginOutput, { code: 'sign_in_needed' }>> {
  const judged = files.map((file, ordinal) => planReservation(deps, uploader, file, ordinal))
  const reservations = judged.flatMap((plan) => (plan.ok ? [plan.value] : []))
  const rows =
    reservations.length === 0
      ? []
      : await deps.reserveUploads({ author: authorOf(uploader), batchId, reservations, nowMs: deps.nowMs() })
  if (rows === null) return refuse({ code: 'sign_in_needed' })

  const rowByOrdinal = new Map(rows.map((row) => [row.ordinal, row]))
  const answers = judged.map(async (plan): Promise<FileAnswer> => {
    if (!plan.ok) return { ok: false, ...plan.refusal }
    return await answerReserved(deps, plan.value, rowByOrdinal.get(plan.value.ordinal))
  })
  return accept({ files: await Promise.all(answers) })
}

function planReservation(deps: BeginUploadsDeps, owner: User, file: DeclaredFile, ordinal: number) {
  const judged = judgeDeclaredFile(file)
  if (!judged.ok) return judged
  const id = deps.newMediaId()
  return accept<Reservation>({
    id,
    ordinal,
    fileName: file.name,
    declaredType: judged.value.type,
    declaredBytes: file.bytes,
    declaredSha256: file.sha256,
    incomingKey: incomingKey(owner.id, id),
  })
}

async function answerReserved(
  deps: BeginUploadsDeps,
  wish: Reservation,
  row: ReservedRow | undefined,
): Promise<FileAnswer> {
  if (row === undefined) throw new Error(`no row came back for ordinal ${wish.ordinal}`)
  const isSameFile =
    row.declaredSha256 === wish.declaredSha256 &&
    row.declaredBytes === wish.declaredBytes &&
    row.declaredType === wish.declaredType
  // A batch id names its files for good: signing for another file would break the promise to the first.
  if (!isSameFile) return { ok: false, code: 'invalid_input' }
  if (row.state !== 'reserved') return { ok: false, code: 'upload_settled', mediaId: row.id }
  return { ok: true, mediaId: row.id, request: await deps.signPut(row) }
}
