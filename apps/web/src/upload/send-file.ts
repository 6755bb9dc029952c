// Brings one reserved file to S3 in one PUT, whatever the network does meanwhile.
import { requestLifetimeSeconds } from '@shoebox/shared/upload/policy.ts'
import { findRefusal, type Refusal } from '../api/refusal.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { attemptsMax, backOff, type BackOffDeps } from './back-off.ts'
import { isReadable, type PutFile, type PutRequest } from './put-request.ts'
import type { Trouble } from './upload-item.ts'

export type SendDeps = BackOffDeps & {
  readonly put: PutFile
  readonly sign: (mediaId: MediaId) => Promise<PutRequest>
  readonly nowMs: () => number
}

/** A request and when this browser got it; its own clock decides when to ask for another. */
export type HeldRequest = { readonly request: PutRequest; readonly gotAtMs: number }

export type SendOutcome =
  | { readonly type: 'received' }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'failed'; readonly trouble: Trouble }
  | { readonly type: 'aborted' }

export type Sending = {
  readonly mediaId: MediaId
  readonly file: Blob
  readonly held: HeldRequest | null
  readonly signal: AbortSignal
  readonly onAttempt: () => void
  readonly onProgress: (sentBytes: number) => void
}

/** A request this near its end is not worth starting with. */
const marginMs = 60_000

export async function sendFile(deps: SendDeps, sending: Sending): Promise<SendOutcome> {
  let held = sending.held
  let mayGoOn = false
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    if (attempt > 1 && !(mayGoOn && attempt === 2)) await backOff(deps, attempt, sending.signal)
    if (sending.signal.aborted) return { type: 'aborted' }
    if (held === null || deps.nowMs() - held.gotAtMs > requestLifetimeSeconds * 1000 - marginMs) {
      const signed = await signAgain(deps, sending.mediaId)
      if (signed.type !== 'signed') {
        if (signed.type === 'fault') continue
        return signed
      }
      held = signed.held
    }
    sending.onAttempt()
    const { status, hasMoved } = await putOnce(deps, held.request, sending.file, sending)
    if (sending.signal.aborted) return { type: 'aborted' }
    const verdict = judgeStatus(status)
    if (verdict === 'received') return { type: 'received' }
    // 400: other bytes than were summed.
    if (status === 400 || (status === 0 && !(await isReadable(sending.file))))
      return { type: 'failed', trouble: 'unreadable' }
    if (verdict === 'give up') return { type: 'failed', trouble: 'network' }
    mayGoOn = mayGoOnAtOnce(status, hasMoved)
    if (verdict === 'sign again') held = null
  }
  return { type: 'failed', trouble: 'network' }
}

/**
 * What an answer of S3 means. 412 says that the object is there: the request is bound to this upload alone, so it was
 * an attempt of ours whose answer was lost (browsers repeat a PUT by themselves too). The watch tells the rest.
 */
export function judgeStatus(status: number): 'received' | 'sign again' | 'again' | 'give up' {
  if ((status >= 200 && status < 300) || status === 412) return 'received'
  if (status === 403) return 'sign again'
  if (status === 0 || status === 408 || status === 409 || status === 429 || status >= 500) return 'again'
  return 'give up'
}

/** Sends once, and says whether any byte went out. */
export async function putOnce(
  deps: Pick<SendDeps, 'put'>,
  request: PutRequest,
  file: Blob,
  { signal, onProgress }: Pick<Sending, 'signal' | 'onProgress'>,
): Promise<{ readonly status: number; readonly hasMoved: boolean }> {
  let hasMoved = false
  const status = await deps.put(request, file, {
    signal,
    onProgress(sentBytes) {
      hasMoved ||= sentBytes > 0
      onProgress(sentBytes)
    },
  })
  return { status, hasMoved }
}

/**
 * Whether the second attempt needs no wait. A request that had expired is nobody's trouble, and a connection that broke
 * on its way says nothing of the next one; one that was never made does, and so does an answer.
 */
export const mayGoOnAtOnce = (status: number, hasMoved: boolean): boolean =>
  status === 403 || (status === 0 && hasMoved)

type Signed = { readonly type: 'signed'; readonly held: HeldRequest } | { readonly type: 'fault' } | SendOutcome

async function signAgain(deps: SendDeps, mediaId: MediaId): Promise<Signed> {
  try {
    const request = await deps.sign(mediaId)
    return { type: 'signed', held: { request, gotAtMs: deps.nowMs() } }
  } catch (error) {
    const refusal = findRefusal(error)
    // It has its end already, so it did arrive: the watch says which end.
    if (refusal?.code === 'upload_settled') return { type: 'received' }
    if (refusal === null || refusal.code === 'rate_limited') return { type: 'fault' }
    return { type: 'refused', refusal }
  }
}
