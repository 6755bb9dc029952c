// Reserved files on their way to S3, a few at a time, until all bytes are there. Part of the upload queue.
import { parallelUploads } from '@shoebox/shared/upload/policy.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { sendFile, type HeldRequest, type SendDeps, type SendOutcome } from './send-file.ts'
import type { PartSum } from './send-part.ts'
import { sendParts, type SendPartsDeps } from './send-parts.ts'
import { isLarge, type UploadItem } from './upload-item.ts'
import { arrivedBytesOf, type UploadJournal } from './upload-journal.ts'
import type { UploadList } from './upload-list.ts'

export type SendLineDeps = SendDeps &
  SendPartsDeps & {
    readonly journal: Pick<UploadJournal, 'claim' | 'note'>
    /**
     * Runs while nobody else, in any tab, sends this upload. Waits for its turn until aborted, which it says with
     * `onWait` first.
     */
    readonly takeTurn: <T>(
      mediaId: MediaId,
      signal: AbortSignal,
      run: () => Promise<T>,
      onWait: () => void,
    ) => Promise<T>
  }

export type ToSend = {
  readonly key: number
  /** Of a file that goes in one PUT: the request that the pre-flight brought. */
  readonly held: HeldRequest | null
  /** Nothing of it was sent before. */
  readonly isFresh: boolean
}

type Ends = {
  readonly maySend: () => boolean
  readonly onReceived: (key: number, mediaId: MediaId) => void
  readonly onSettled: (key: number, mediaId: MediaId, isAnother?: boolean) => void
  /** What was to be taken up is not this person's, is another file's, or is no more. */
  readonly onLost: (key: number) => void
  readonly onSignInNeeded: () => void
  /** There is room for another one. */
  readonly onFree: () => void
}

export class SendLine {
  readonly #deps: SendLineDeps
  readonly #list: UploadList
  readonly #ends: Ends
  readonly #waiting: ToSend[] = []
  readonly #aborts = new Map<number, AbortController>()
  /** Sums of parts, for as long as the page knows the file: a file of gigabytes is read once. */
  readonly #sums = new Map<number, Map<number, string>>()
  /** What S3 was given as the parts of each upload. */
  readonly #given = new Map<MediaId, Map<number, string>>()
  #count = 0

  constructor(deps: SendLineDeps, list: UploadList, ends: Ends) {
    this.#deps = deps
    this.#list = list
    this.#ends = ends
  }

  get waitingCount(): number {
    return this.#waiting.length
  }

  add(next: ToSend): void {
    this.#waiting.push(next)
  }

  run(): void {
    while (this.#ends.maySend() && this.#count < parallelUploads) {
      const next = this.#waiting.shift()
      if (next === undefined) break
      this.#count += 1
      let hasPlace = true
      const giveUpPlace = () => {
        if (hasPlace) this.#count -= 1
        hasPlace = false
        this.#ends.onFree()
      }
      void this.#send(next, giveUpPlace).finally(giveUpPlace)
    }
  }

  stop(key: number): void {
    this.#aborts.get(key)?.abort()
    this.#sums.delete(key)
  }

  /** What is being sent goes back to the head of the line. Parts that have arrived stay. */
  pause(): void {
    for (const [key, abort] of [...this.#aborts].reverse()) {
      this.#putBack(key)
      abort.abort()
    }
  }

  #putBack(key: number) {
    if (this.#list.apply(key, { type: 'pause' })) this.#waiting.unshift({ key, held: null, isFresh: false })
  }

  /** `onWait`: another tab sends it, and others need not wait for that. Its own PUTs are bounded with all the rest. */
  async #send(next: ToSend, onWait: () => void) {
    const { key, isFresh } = next
    const item = this.#list.get(key)
    if (item === undefined || item.mediaId === null || item.state !== 'reserved') return
    const abort = new AbortController()
    this.#aborts.set(key, abort)
    const outcome = await this.#sendItem(item, item.mediaId, next, { signal: abort.signal, onWait })
    // After a pause the same file may be on its way again.
    if (this.#aborts.get(key) === abort) this.#aborts.delete(key)
    // One that was reserved just now would be lost again.
    if (outcome.type === 'lost' && isFresh) this.#list.apply(key, { type: 'refuse', refusal: { code: 'not_found' } })
    else if (outcome.type === 'lost' || outcome.type === 'another') this.#ends.onLost(key)
    else this.#takeOutcome(key, item.mediaId, outcome)
  }

  #sendItem(
    item: UploadItem,
    mediaId: MediaId,
    { key, held, isFresh }: ToSend,
    { signal, onWait }: { signal: AbortSignal; onWait: () => void },
  ) {
    const { file } = item
    const onAttempt = () => {
      if (!signal.aborted) this.#list.apply(key, { type: 'send' })
    }
    const onProgress = (sentBytes: number) => {
      if (!signal.aborted) this.#list.apply(key, { type: 'progress', sentBytes: Math.min(sentBytes, file.size) })
    }
    const sending = { mediaId, file, signal, onAttempt, onProgress }
    if (!isLarge(item)) return sendFile(this.#deps, { ...sending, held })
    const onArrived = (parts: readonly PartSum[]) => {
      this.#list.apply(key, { type: 'arrive', arrivedBytes: arrivedBytesOf({ fileBytes: file.size, parts }) })
      void this.#deps.journal.note({ mediaId, file, destination: item.destination }, parts)
    }
    const sums = this.#sums.get(key) ?? new Map<number, string>()
    this.#sums.set(key, sums)
    const given = this.#given.get(mediaId) ?? new Map<number, string>()
    this.#given.set(mediaId, given)
    const run = async () => {
      for (const { partNumber, sha256 } of await this.#deps.journal.claim(mediaId)) given.set(partNumber, sha256)
      return sendParts(this.#deps, { ...sending, isFresh, sums, given, onArrived })
    }
    return this.#deps.takeTurn(mediaId, signal, run, onWait)
  }

  #takeOutcome(key: number, mediaId: MediaId, outcome: SendOutcome) {
    if (outcome.type === 'received') this.#ends.onReceived(key, mediaId)
    else if (outcome.type === 'settled') this.#ends.onSettled(key, mediaId, outcome.isAnother)
    else if (outcome.type === 'failed') this.#list.apply(key, { type: 'fail', trouble: outcome.trouble })
    else if (outcome.type === 'refused' && outcome.refusal.code === 'sign_in_needed') {
      // The session ended on the way: what has arrived stays, and the rest follows once somebody is signed in.
      this.#putBack(key)
      this.#ends.onSignInNeeded()
    } else if (outcome.type === 'refused') this.#list.apply(key, { type: 'refuse', refusal: outcome.refusal })
    if (outcome.type === 'received' || outcome.type === 'refused') this.#sums.delete(key)
    if (outcome.type === 'received') this.#given.delete(mediaId)
  }
}
