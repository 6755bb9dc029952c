// The whole way of every file, from being added to its settled end. Knows no screen and no browser API: those are its
// deps. Files are taken at once and in any number; batches are declared in order, four files are sent at a time.
import { parallelUploads } from '@shoebox/shared/upload/policy.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { declareBatch, type BeginAnswer, type DeclareDeps } from './declare-batch.ts'
import { InspectionWatch, type InspectionDeps } from './inspection-watch.ts'
import { limitPuts } from './limit-puts.ts'
import { planBatches } from './plan-batches.ts'
import { sendFile, type HeldRequest, type SendDeps, type SendOutcome } from './send-file.ts'
import { sendParts, type SendPartsDeps } from './send-parts.ts'
import { hasEnded, isLarge, type UploadItem } from './upload-item.ts'
import { bytesToSum, sumBatch, type Declared } from './sum-batch.ts'
import type { UploadJournal } from './upload-journal.ts'
import { UploadList, type UploadListDeps } from './upload-list.ts'

export type UploadQueueDeps = DeclareDeps &
  SendDeps &
  SendPartsDeps &
  UploadListDeps &
  Pick<InspectionDeps, 'watch' | 'onReady'> & {
    readonly cancel: (mediaId: MediaId) => Promise<unknown>
    readonly makeBatchId: () => string
    readonly journal: UploadJournal
    /** Runs while nobody else, in any tab, sends this upload; waits for its turn until aborted. */
    readonly takeTurn: <T>(mediaId: MediaId, signal: AbortSignal, run: () => Promise<T>) => Promise<T>
    /** Nobody is signed in: the queue waits for open(). */
    readonly onSignInNeeded: () => void
  }

type Batch = { readonly id: string; readonly keys: number[]; declared: Declared[] | null }
type ToSend = {
  readonly key: number
  /** Of a file that goes in one PUT: the request that the pre-flight brought. */
  readonly held: HeldRequest | null
  /** Nothing of it was sent before. */
  readonly isFresh: boolean
}

/** How many reserved files may wait for a free connection before the next batch is declared. */
const reservedAheadMax = 50

export class UploadQueue {
  readonly #deps: UploadQueueDeps
  readonly #list: UploadList
  readonly #inspection: InspectionWatch
  readonly #batches: Batch[] = []
  readonly #batchOf = new Map<number, Batch>()
  readonly #toSend: ToSend[] = []
  readonly #aborts = new Map<number, AbortController>()
  readonly #insisted = new Set<number>()
  #isOpen = false
  #isDeclaring = false
  #sendingCount = 0

  constructor(deps: UploadQueueDeps) {
    this.#deps = { ...deps, put: limitPuts(deps.put, parallelUploads) }
    this.#list = new UploadList({
      onAdded: deps.onAdded,
      onChanged: (after, before) => {
        deps.onChanged(after, before)
        if (after.mediaId !== null && isLarge(after) && hasEnded(after.state)) void deps.journal.remove(after.mediaId)
      },
    })
    this.#inspection = new InspectionWatch({ ...deps, onSignInNeeded: () => this.#hold() }, this.#list)
  }

  /** Takes files; those the policy refuses are answered at once, the others are sent as soon as the queue is open. */
  add(files: readonly File[]): void {
    this.#enqueue(this.#list.add(files).map((item) => item.key))
    if (this.#isOpen) this.#pump()
    else if (this.#batches.length > 0) this.#deps.onSignInNeeded()
  }

  /** Somebody is signed in. */
  open(): void {
    this.#isOpen = true
    this.#inspection.resume()
    this.#pump()
  }

  /** Nobody is any more: nothing new is begun. */
  close(): void {
    this.#isOpen = false
  }

  cancel(key: number): void {
    const mediaId = this.#list.get(key)?.mediaId ?? null
    if (!this.#list.apply(key, { type: 'cancel' })) return
    this.#aborts.get(key)?.abort()
    if (mediaId !== null) this.#cancelReserved(mediaId)
  }

  retry(keys: readonly number[]): void {
    const again: number[] = []
    for (const key of keys) {
      if (!this.#list.apply(key, { type: 'retry' })) continue
      const batch = this.#batchOf.get(key)
      if (this.#list.get(key)?.mediaId !== null) this.#toSend.push({ key, held: null, isFresh: false })
      else if (batch?.declared?.some((declared) => declared.key === key) !== true) again.push(key)
      else if (!this.#batches.includes(batch)) this.#batches.push(batch)
    }
    this.#enqueue(again)
    this.#pump()
  }

  /** Somebody wants a file although the same is among their items. */
  addAnyway(key: number): void {
    if (!this.#list.apply(key, { type: 'insist' })) return
    this.#insisted.add(key)
    this.#enqueue([key])
    this.#pump()
  }

  #hold() {
    this.#isOpen = false
    this.#deps.onSignInNeeded()
  }

  /** The reservation is given back; should that call be lost, it expires by itself. */
  #cancelReserved(mediaId: MediaId) {
    this.#inspection.drop(mediaId)
    this.#deps.cancel(mediaId).catch(() => undefined)
  }

  #enqueue(keys: readonly number[]) {
    for (const group of planBatches(keys, (key) => bytesToSum(this.#list.get(key)))) {
      const batch: Batch = { id: this.#deps.makeBatchId(), keys: group, declared: null }
      for (const key of group) this.#batchOf.set(key, batch)
      this.#batches.push(batch)
    }
  }

  #pump() {
    while (this.#isOpen && this.#sendingCount < parallelUploads) {
      const next = this.#toSend.shift()
      if (next === undefined) break
      this.#sendingCount += 1
      void this.#send(next).finally(() => {
        this.#sendingCount -= 1
        this.#pump()
      })
    }
    void this.#declareWaiting()
  }

  async #declareWaiting() {
    if (this.#isDeclaring) return
    this.#isDeclaring = true
    while (this.#isOpen && this.#toSend.length < reservedAheadMax) {
      const batch = this.#batches[0]
      if (batch === undefined) break
      if (await this.#declare(batch)) {
        this.#batches.shift()
        queueMicrotask(() => this.#pump())
      } else this.#hold()
    }
    this.#isDeclaring = false
  }

  /** Returns false when the batch must wait for somebody to sign in. */
  async #declare(batch: Batch): Promise<boolean> {
    batch.declared ??= await sumBatch(this.#deps, this.#list, batch.keys, (item) => this.#takeUp(item))
    if (batch.declared.length === 0) return true
    const files = batch.declared.flatMap(({ key, ...sum }) => {
      const file = this.#list.get(key)?.file
      const wish = this.#insisted.has(key) ? { ...sum, allowDuplicate: true } : sum
      return file === undefined ? [] : [{ name: file.name, type: file.type, bytes: file.size, ...wish }]
    })
    const outcome = await declareBatch(this.#deps, batch.id, files)
    if (outcome.type === 'sign-in-needed') return false
    for (const [place, { key }] of batch.declared.entries()) {
      if (outcome.type === 'answered') this.#takeAnswer(key, outcome.answers[place])
      else if (this.#list.get(key)?.mediaId !== null) continue
      else if (outcome.type === 'refused') this.#list.apply(key, { type: 'refuse', refusal: outcome.refusal })
      else this.#list.apply(key, { type: 'fail', trouble: 'network' })
    }
    return true
  }

  /** Goes on with an upload of the same file that an earlier visit, or another tab, has begun. */
  async #takeUp({ key, file }: UploadItem): Promise<boolean> {
    const begun = await this.#deps.journal.find(file)
    // Not with one of this page: choosing a file twice means two.
    const mediaId = begun.find((each) => this.#list.keyOf(each) === undefined)
    if (mediaId === undefined || !this.#list.apply(key, { type: 'reserve', mediaId })) return false
    this.#toSend.push({ key, held: null, isFresh: false })
    return true
  }

  #takeAnswer(key: number, answer: BeginAnswer | undefined) {
    if (answer === undefined) this.#list.apply(key, { type: 'fail', trouble: 'network' })
    else if (answer.ok) {
      const held = answer.method === 'put' ? { request: answer.request, gotAtMs: this.#deps.nowMs() } : null
      const isWanted = this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })
      const item = this.#list.get(key)
      if (isWanted) {
        this.#toSend.push({ key, held, isFresh: true })
        if (item !== undefined && isLarge(item)) void this.#deps.journal.write(answer.mediaId, item.file)
      } else if (this.#list.get(key)?.state === 'cancelled') this.#cancelReserved(answer.mediaId)
    } else if (answer.code === 'upload_settled' && answer.mediaId !== undefined) {
      this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })
      this.#inspection.receive(key, answer.mediaId)
    } else {
      const { code, bytesMax } = answer
      this.#list.apply(key, { type: 'refuse', refusal: bytesMax === undefined ? { code } : { code, bytesMax } })
    }
  }

  async #send({ key, held, isFresh }: ToSend) {
    const item = this.#list.get(key)
    if (item === undefined || item.mediaId === null || item.state !== 'reserved') return
    const { mediaId, file } = item
    const abort = new AbortController()
    this.#aborts.set(key, abort)
    const sending = {
      mediaId,
      file,
      signal: abort.signal,
      onAttempt: () => void this.#list.apply(key, { type: 'send' }),
      onProgress: (sentBytes: number) =>
        void this.#list.apply(key, { type: 'progress', sentBytes: Math.min(sentBytes, file.size) }),
    }
    const outcome = isLarge(item)
      ? await this.#deps.takeTurn(mediaId, abort.signal, () => sendParts(this.#deps, { ...sending, isFresh }))
      : await sendFile(this.#deps, { ...sending, held })
    this.#aborts.delete(key)
    if (outcome.type === 'refused' && outcome.refusal.code === 'not_found' && !isFresh) this.#beginAnew(key, mediaId)
    else this.#takeOutcome(key, mediaId, outcome)
  }

  /** What was to be taken up is not this person's, or is no more. */
  #beginAnew(key: number, mediaId: MediaId) {
    const forgotten = this.#deps.journal.remove(mediaId)
    if (!this.#list.apply(key, { type: 'lose' })) return
    void forgotten.then(() => {
      this.#enqueue([key])
      this.#pump()
    })
  }

  #takeOutcome(key: number, mediaId: MediaId, outcome: SendOutcome) {
    if (outcome.type === 'received') this.#inspection.receive(key, mediaId)
    else if (outcome.type === 'failed') this.#list.apply(key, { type: 'fail', trouble: outcome.trouble })
    else if (outcome.type === 'refused' && outcome.refusal.code === 'sign_in_needed') {
      // The session ended on the way: what has arrived stays, and the rest follows once somebody is signed in.
      if (this.#list.apply(key, { type: 'pause' })) this.#toSend.unshift({ key, held: null, isFresh: false })
      this.#hold()
    } else if (outcome.type === 'refused') this.#list.apply(key, { type: 'refuse', refusal: outcome.refusal })
  }
}
