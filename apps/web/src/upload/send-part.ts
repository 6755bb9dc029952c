// Brings one part of a large file to S3, whatever the network does meanwhile. Called by send-parts.ts.
import type { Outputs } from '../api/client.ts'
import type { MediaId } from '../feed/feed-item.ts'
import type { Asked } from './ask-api.ts'
import { attemptsMax, backOff, type BackOffDeps } from './back-off.ts'
import { UnreadableFile, type HashFile } from './hash-file.ts'
import { isReadable, type PutInTurn } from './put-request.ts'
import { endOfRefused, judgeStatus, mayGoOnAtOnce, putOnce, type HeldRequest, type SendOutcome } from './send-file.ts'

export type PartSum = { readonly partNumber: number; readonly sha256: string }
export type SignedPart = Outputs['uploads']['signParts']['parts'][number]

export type SendPartDeps = BackOffDeps & {
  readonly put: PutInTurn
  readonly hash: HashFile
  readonly signParts: (mediaId: MediaId, parts: PartSum[]) => Promise<readonly SignedPart[]>
  readonly nowMs: () => number
}

/** `again`: S3 or the API no longer knows the upload as we do, so look what is there and go on from that. */
export type PartsEnd = SendOutcome | { readonly type: 'again' }

export type ReadyPart = PartSum & { readonly blob: Blob; readonly held: HeldRequest | null }

export type SendingPart = {
  readonly mediaId: MediaId
  readonly signal: AbortSignal
  readonly onProgress: (sentBytes: number) => void
}

export async function sendPart(
  deps: SendPartDeps,
  part: ReadyPart,
  sending: SendingPart,
): Promise<PartsEnd | { readonly type: 'sent'; readonly sha256: string }> {
  let { held, sha256 } = part
  let mayGoOn = false
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    if (attempt > 1 && !(mayGoOn && attempt === 2)) await backOff(deps, attempt, sending.signal)
    if (sending.signal.aborted) return { type: 'aborted' }
    const sums = [{ partNumber: part.partNumber, sha256 }]
    const sign = async () => (await deps.signParts(sending.mediaId, sums))[0]?.request
    const put = await putOnce(deps, { held, file: part.blob, sign }, sending)
    if (sending.signal.aborted) return { type: 'aborted' }
    if (put.type === 'fault') continue
    if (put.type === 'refused') return endOf(put)
    const { status, hasMoved } = put
    held = put.held
    sending.onProgress(status >= 200 && status < 300 ? part.blob.size : 0)
    if (status === 404) return { type: 'again' }
    const verdict = judgeStatus(status)
    if (verdict === 'received') return { type: 'sent', sha256 }
    if (verdict === 'give up' && status !== 400) return { type: 'failed', trouble: 'network' }
    mayGoOn = mayGoOnAtOnce(status, hasMoved)
    if (status === 0 && !(await isReadable(part.blob))) return { type: 'failed', trouble: 'unreadable' }
    if (verdict === 'again') continue
    held = null
    if (status !== 400) continue
    // Other bytes than were summed: either they broke on the way, or the file was changed under us.
    const again = await hashPart(deps, part.blob)
    if (again.type !== 'hashed') return again
    sha256 = again.sha256
  }
  return { type: 'failed', trouble: 'network' }
}

export type HashedPart = { readonly type: 'hashed'; readonly sha256: string } | SendOutcome

export async function hashPart(deps: Pick<SendPartDeps, 'hash'>, blob: Blob): Promise<HashedPart> {
  try {
    return { type: 'hashed', sha256: await deps.hash(blob) }
  } catch (error) {
    return { type: 'failed', trouble: error instanceof UnreadableFile ? 'unreadable' : 'network' }
  }
}

/** What a call that was not answered means for the whole upload. */
export function endOf(asked: Exclude<Asked<unknown>, { type: 'answered' }>): PartsEnd {
  if (asked.type === 'failed') return { type: 'failed', trouble: 'network' }
  if (asked.type === 'aborted') return asked
  const { code } = asked.refusal
  return code === 'upload_not_open' || code === 'parts_missing' ? { type: 'again' } : endOfRefused(asked.refusal)
}
