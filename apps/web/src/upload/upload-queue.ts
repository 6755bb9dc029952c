// The whole way of every file, from being added to its settled end. Knows no screen and no browser API: those are its
// deps. Files are taken at once and in any number; batches are declared in order, four files are sent at a time.
import { parallelUploads, putBytesMax } from '@shoebox/shared/upload/policy.ts'
import type { FeedItem, MediaId } from '../feed/feed-item.ts'
import { declareBatch, type BeginAnswer, type DeclareDeps } from './declare-batch.ts'
import { UnreadableFile, type HashFile } from './hash-file.ts'
import { planBatches } from './plan-batches.ts'
import { sendFile, type HeldRequest, type SendDeps } from './send-file.ts'
import { isActive } from './upload-item.ts'
import { UploadList, type UploadListDeps } from './upload-list.ts'
import { createWatchLoop, type WatchDeps, type WatchedItem, type WatchLoop } from './watch-loop.ts'

export type UploadQueueDeps = DeclareDeps &
  SendDeps &
  UploadListDeps &
  Pick<WatchDeps, 'watch'> & {
    readonly hash: HashFile
    readonly cancel: (mediaId: MediaId) => Promise<unknown>
    readonly makeBatchId: () => string
    readonly onReady: (item: FeedItem) => void
    /** Nobody is signed in: the queue waits for open(). */
    readonly onSignInNeeded: () => void
  }

type Batch = { readonly id: string; readonly keys: number[]; declared: { key: number; sha256: string }[] | null }

/** How many reserved files may wait for a free connection before the next batch is declared. */
const reservedAheadMax = 50
/** Inspection is a matter of seconds; after this the row says that it is not forgotten. */
const slowAfterMs = 30_000

export class UploadQueue {
  readonly #deps: UploadQueueDeps
  readonly #list: UploadList
  readonly #watching: WatchLoop
  readonly #batches: Batch[] = []
  readonly #batchOf = new Map<number, Batch>()
  readonly #toSend: { key: number; held: HeldRequest | null }[] = []
  readonly #aborts = new Map<number, AbortController>()
  readonly #receivedAtMs = new Map<number, number>()
  #isOpen = false
  #isDeclaring = false
  #sendingCount = 0

  constructor(deps: UploadQueueDeps) {
    this.#deps = deps
    this.#list = new UploadList(deps)
    this.#watching = createWatchLoop({
      ...deps,
      onWatched: (answers, asked) => this.#takeWatched(answers, asked),
      onSignInNeeded: () => this.#hold(),
    })
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
    for (const { mediaId, state } of this.#list.all()) {
      if (mediaId !== null && (state === 'received' || state === 'inspecting')) this.#watching.add(mediaId)
    }
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
      if (this.#list.get(key)?.mediaId !== null) this.#toSend.push({ key, held: null })
      else if (batch?.declared?.some((declared) => declared.key === key) !== true) again.push(key)
      else if (!this.#batches.includes(batch)) this.#batches.push(batch)
    }
    this.#enqueue(again)
    this.#pump()
  }

  #hold() {
    this.#isOpen = false
    this.#deps.onSignInNeeded()
  }

  /** The reservation is given back; should that call be lost, it expires by itself. */
  #cancelReserved(mediaId: MediaId) {
    this.#watching.drop(mediaId)
    this.#deps.cancel(mediaId).catch(() => undefined)
  }

  #enqueue(keys: readonly number[]) {
    for (const group of planBatches(keys, (key) => this.#list.get(key)?.file.size ?? 0)) {
      const batch: Batch = { id: this.#deps.makeBatchId(), keys: group, declared: null }
      for (const key of group) this.#batchOf.set(key, batch)
      this.#batches.push(batch)
    }
  }

  #pump() {
    while (this.#sendingCount < parallelUploads) {
      const next = this.#toSend.shift()
      if (next === undefined) break
      this.#sendingCount += 1
      void this.#send(next.key, next.held).finally(() => {
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
    batch.declared ??= await this.#hash(batch)
    if (batch.declared.length === 0) return true
    const files = batch.declared.flatMap(({ key, sha256 }) => {
      const file = this.#list.get(key)?.file
      return file === undefined ? [] : [{ name: file.name, type: file.type, bytes: file.size, sha256 }]
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

  /** Hashes what is still wanted of a batch. Once declared, the list and its order stay as they were. */
  async #hash(batch: Batch) {
    const declared: { key: number; sha256: string }[] = []
    for (const key of batch.keys) {
      const item = this.#list.get(key)
      if (item === undefined || !isActive(item.state)) continue
      this.#list.apply(key, { type: 'check' })
      try {
        declared.push({ key, sha256: await this.#deps.hash(item.file) })
      } catch (error) {
        this.#list.apply(key, { type: 'fail', trouble: error instanceof UnreadableFile ? 'unreadable' : 'network' })
      }
    }
    return declared.filter(({ key }) => isActive(this.#list.get(key)?.state ?? 'cancelled'))
  }

  #takeAnswer(key: number, answer: BeginAnswer | undefined) {
    if (answer === undefined) this.#list.apply(key, { type: 'fail', trouble: 'network' })
    else if (answer.ok && answer.method === 'multipart') {
      this.#cancelReserved(answer.mediaId)
      this.#list.apply(key, { type: 'refuse', refusal: { code: 'file_too_large', bytesMax: putBytesMax } })
    } else if (answer.ok) {
      const held = { request: answer.request, gotAtMs: this.#deps.nowMs() }
      if (this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })) this.#toSend.push({ key, held })
      else if (this.#list.get(key)?.state === 'cancelled') this.#cancelReserved(answer.mediaId)
    } else if (answer.code === 'upload_settled' && answer.mediaId !== undefined) {
      this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })
      this.#receive(key, answer.mediaId)
    } else {
      const { code, bytesMax } = answer
      this.#list.apply(key, { type: 'refuse', refusal: bytesMax === undefined ? { code } : { code, bytesMax } })
    }
  }

  async #send(key: number, held: HeldRequest | null) {
    const item = this.#list.get(key)
    if (item === undefined || item.mediaId === null || item.state !== 'reserved') return
    const { mediaId, file } = item
    const abort = new AbortController()
    this.#aborts.set(key, abort)
    const outcome = await sendFile(this.#deps, {
      mediaId,
      file,
      held,
      signal: abort.signal,
      onAttempt: () => this.#list.apply(key, { type: 'send' }),
      onProgress: (sentBytes) => this.#list.apply(key, { type: 'progress', sentBytes: Math.min(sentBytes, file.size) }),
    })
    this.#aborts.delete(key)
    if (outcome.type === 'received') this.#receive(key, mediaId)
    else if (outcome.type === 'refused') this.#list.apply(key, { type: 'refuse', refusal: outcome.refusal })
    else if (outcome.type === 'failed') this.#list.apply(key, { type: 'fail', trouble: 'network' })
  }

  #receive(key: number, mediaId: MediaId) {
    if (!this.#list.apply(key, { type: 'receive' })) return
    this.#receivedAtMs.set(key, this.#deps.nowMs())
    this.#watching.add(mediaId)
  }

  #takeWatched(answers: readonly WatchedItem[], asked: readonly MediaId[]) {
    const byId = new Map(answers.map((answer) => [answer.mediaId, answer]))
    for (const mediaId of asked) {
      const key = this.#list.keyOf(mediaId)
      if (key === undefined) continue
      const answer = byId.get(mediaId)
      if (answer?.state === 'reserved') {
        this.#list.apply(key, { type: 'inspect' })
        if (this.#deps.nowMs() - (this.#receivedAtMs.get(key) ?? 0) > slowAfterMs)
          this.#list.apply(key, { type: 'slow' })
      } else {
        this.#watching.drop(mediaId)
        this.#settle(key, answer)
      }
    }
  }

  #settle(key: number, answer: WatchedItem | undefined) {
    if (answer === undefined) this.#list.apply(key, { type: 'refuse', refusal: { code: 'not_found' } })
    else if (answer.state === 'ready') {
      this.#list.apply(key, { type: 'ready' })
      if (answer.item !== null) this.#deps.onReady(answer.item)
    } else if (answer.state === 'refused') {
      const detectedType = answer.detectedType === answer.declaredType ? null : answer.detectedType
      this.#list.apply(key, { type: 'refuse', refusal: { code: answer.reason ?? 'type_unknown' }, detectedType })
    } else this.#list.apply(key, { type: 'cancel' })
  }
}
