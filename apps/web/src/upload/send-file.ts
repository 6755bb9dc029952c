// Brings one reserved file to S3 in one PUT, whatever the network does meanwhile.
import { requestLifetimeSeconds } from '@shoebox/shared/upload/policy.ts'
import { findRefusal, type Refusal } from '../api/refusal.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { waitAsTold } from './ask-api.ts'
import { attemptsMax, backOff, type BackOffDeps } from './back-off.ts'
import { isReadable, type PutInTurn, type PutRequest } from './put-request.ts'
import type { Trouble } from './upload-item.ts'

export type SendDeps = BackOffDeps & {
  readonly put: PutInTurn
  readonly sign: (mediaId: MediaId) => Promise<PutRequest>
  readonly nowMs: () => number
}

/** A request and when this browser got it; its own clock decides when to ask for another. */
export type HeldRequest = { readonly request: PutRequest; readonly gotAtMs: number }

export type SendOutcome =
  | { readonly type: 'received' }
  /** It had its end before, which says nothing of its bytes: the watch says which end. */
  | { readonly type: 'settled'; readonly isAnother?: boolean }
  /** Its reservation is not there for who is signed in. */
  | { readonly type: 'lost' }
  /** What was sent under its reservation is another file that looks the same: it must not go under that one's name. */
  | { readonly type: 'another' }
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
    sending.onAttempt()
    const { file, mediaId } = sending
    const put = await putOnce(deps, { held, file, sign: () => deps.sign(mediaId) }, sending)
    if (sending.signal.aborted) return { type: 'aborted' }
    if (put.type === 'fault') continue
    if (put.type === 'refused') return endOfRefused(put.refusal)
    const { status, hasMoved } = put
    held = put.held
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

export function endOfRefused(refusal: Refusal): SendOutcome {
  if (refusal.code === 'upload_settled') return { type: 'settled' }
  return refusal.code === 'not_found' ? { type: 'lost' } : { type: 'refused', refusal }
}

type ToPut = {
  readonly held: HeldRequest | null
  readonly file: Blob
  readonly sign: () => Promise<PutRequest | undefined>
}

type PutEnd =
  | { readonly type: 'answered'; readonly status: number; readonly hasMoved: boolean; readonly held: HeldRequest }
  | { readonly type: 'fault' }
  | { readonly type: 'refused'; readonly refusal: Refusal }

/**
 * Sends once, and says whether any byte went out. Signs first where no request is held that is worth starting with, and
 * not before its turn has come: on a slow line that may be later than a request lives. `fault`: it could not be signed now.
 */
export async function putOnce(
  deps: Pick<SendDeps, 'put' | 'nowMs' | 'sleep'>,
  { held, file, sign }: ToPut,
  { signal, onProgress }: Pick<Sending, 'signal' | 'onProgress'>,
): Promise<PutEnd> {
  let hasMoved = false
  let fresh = held
  let refusal = null as Refusal | null
  const source = {
    held: () =>
      fresh !== null && deps.nowMs() - fresh.gotAtMs <= requestLifetimeSeconds * 1000 - marginMs ? fresh.request : null,
    async sign() {
      try {
        const request = await sign()
        if (request === undefined) return null
        fresh = { request, gotAtMs: deps.nowMs() }
        return request
      } catch (error) {
        refusal = findRefusal(error)
        return null
      }
    },
  }
  const status = await deps.put(source, file, {
    signal,
    onProgress(sentBytes) {
      hasMoved ||= sentBytes > 0
      onProgress(sentBytes)
    },
  })
  if (status !== null && fresh !== null) return { type: 'answered', status, hasMoved, held: fresh }
  if (refusal !== null && refusal.code !== 'rate_limited') return { type: 'refused', refusal }
  // Here, where nobody else waits for it.
  if (refusal !== null) await waitAsTold(deps, refusal, signal)
  return { type: 'fault' }
}

/**
 * Whether the second attempt needs no wait. A request that had expired is nobody's trouble, and a connection that broke
 * on its way says nothing of the next one; one that was never made does, and so does an answer.
 */
export const mayGoOnAtOnce = (status: number, hasMoved: boolean): boolean =>
  status === 403 || (status === 0 && hasMoved)
