// Files on their way to a reservation: cut into batches, summed, declared in order, one batch at a time. Part of the
// upload queue, which says when it may go on and takes what is reserved.
import { watchedMaxPerCall } from '@shoebox/shared/upload/policy.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { askApi } from './ask-api.ts'
import { Choice, type ChoiceDeps } from './choice.ts'
import { declareBatch, type BeginAnswer, type DeclareDeps, type HashedFile } from './declare-batch.ts'
import { nameDestination, type Destination } from './destination.ts'
import type { HashFile } from './hash-file.ts'
import { planBatches } from './plan-batches.ts'
import { bytesToSum, sumBatch, type Declared } from './sum-batch.ts'
import { isActive, isLarge, type UploadItem } from './upload-item.ts'
import { arrivedBytesOf, type UploadJournal } from './upload-journal.ts'
import type { UploadList } from './upload-list.ts'
import type { WatchDeps, WatchedItem } from './watch-loop.ts'

export type DeclareLineDeps = DeclareDeps &
  Pick<ChoiceDeps, 'readRoom'> &
  Pick<WatchDeps, 'watch'> & {
    readonly hash: HashFile
    readonly journal: UploadJournal
    readonly makeBatchId: () => string
    readonly nowMs: () => number
  }

type Ends = Pick<ChoiceDeps, 'onReserved'> & {
  /** Somebody is signed in, nothing is paused, and what is reserved does not wait too long. */
  readonly mayDeclare: () => boolean
  /** All its bytes were there already. */
  readonly onReceived: (key: number, mediaId: MediaId) => void
  /** Reserved, and no longer wanted. */
  readonly onUnwanted: (mediaId: MediaId) => void
  /** Waits for the reservations that are being given back. */
  readonly untilCancelled: () => Promise<unknown>
  readonly onSignInNeeded: () => void
  /** There may be something new to send. */
  readonly onDeclared: () => void
}

type Batch = {
  readonly id: string
  readonly choice: Choice
  readonly destination: Destination
  readonly keys: number[]
  declared: Declared[] | null
}

export class DeclareLine {
  readonly #deps: DeclareLineDeps
  readonly #list: UploadList
  readonly #ends: Ends
  readonly #batches: Batch[] = []
  readonly #batchOf = new Map<number, Batch>()
  /** Wanted although the same is there. */
  readonly #insisted = new Set<number>()
  /** Large files of which nobody has looked yet whether they were begun before, and which upload each is said to be. */
  readonly #unsought = new Map<number, MediaId | null>()
  /** Aborted when somebody else is signed in: no call of before is made again. */
  #person = new AbortController()
  #isRunning = false

  constructor(deps: DeclareLineDeps, list: UploadList, ends: Ends) {
    this.#deps = deps
    this.#list = list
    this.#ends = ends
  }

  get isEmpty(): boolean {
    return this.#batches.length === 0
  }

  /** `reservedBytes`: for how many of their bytes there is room already. */
  add(keys: readonly number[], reservedBytes = 0, goOnWith: MediaId | null = null): void {
    const items = keys.flatMap((key) => this.#list.get(key) ?? [])
    const groups = Map.groupBy(items, ({ destination }) => nameDestination(destination))
    const batches = [...groups.values()].flatMap((group) => planBatches(group, bytesToSum))
    const bytes = items.reduce((sum, { file }) => sum + file.size, -reservedBytes)
    const choice = new Choice({ ...this.#deps, onReserved: this.#ends.onReserved }, bytes, batches.length)
    for (const batch of batches) this.#addBatch(batch, choice)
    for (const item of items) if (isLarge(item)) this.#unsought.set(item.key, goOnWith)
  }

  /** Somebody else is signed in now: nothing of what waits here is declared any more. */
  abandon(): void {
    this.#batches.length = 0
    this.#unsought.clear()
    this.#person.abort()
    this.#person = new AbortController()
  }

  #addBatch(items: readonly UploadItem[], choice: Choice) {
    const [first] = items
    if (first === undefined) return
    const keys = items.map(({ key }) => key)
    const batch = { id: this.#deps.makeBatchId(), choice, destination: first.destination, keys, declared: null }
    for (const key of keys) this.#batchOf.set(key, batch)
    this.#open(batch)
  }

  #open(batch: Batch) {
    batch.choice.open()
    this.#batches.push(batch)
  }

  /** Takes files again that have no reservation; one that may have been declared goes with its old batch id. */
  retry(keys: readonly number[]): void {
    const anew: number[] = []
    for (const key of keys) {
      const batch = this.#batchOf.get(key)
      if (batch?.declared?.some((declared) => declared.key === key) !== true) anew.push(key)
      else if (!this.#batches.includes(batch)) this.#open(batch)
    }
    this.add(anew)
  }

  insist(keys: readonly number[]): void {
    for (const key of keys) this.#insisted.add(key)
    this.add(keys)
  }

  async run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      while (this.#ends.mayDeclare()) {
        const batch = this.#batches[0]
        if (batch === undefined) break
        if (await this.#declare(batch)) {
          // Not where it was abandoned meanwhile.
          if (this.#batches[0] === batch) this.#batches.shift()
          batch.choice.close()
          queueMicrotask(this.#ends.onDeclared)
        } else this.#ends.onSignInNeeded()
      }
    } finally {
      // Whatever went wrong with one batch, the next files are declared.
      this.#isRunning = false
    }
  }

  /** Returns false when the batch must wait for somebody to sign in. */
  async #declare(batch: Batch): Promise<boolean> {
    const { choice } = batch
    const { signal } = this.#person
    await this.#takeUp(signal)
    const summing = batch.declared ?? sumBatch(this.#deps, this.#list, batch.keys)
    const [declared, hasRoom] = await Promise.all([summing, choice.fits()])
    batch.declared = declared
    // All or none: a batch id names its files by their places.
    if (!declared.some(({ key }) => isActive(this.#list.get(key)?.state ?? 'cancelled'))) return true
    // What is being given back must not be promised again to the same content.
    await this.#ends.untilCancelled()
    const outcome = await declareBatch(this.#deps, signal, batch, this.#describe(declared))
    if (signal.aborted) return true
    if (outcome.type === 'sign-in-needed') return false
    if (hasRoom) choice.letGo()
    if (outcome.type === 'answered') {
      for (const [place, { key }] of declared.entries()) this.#takeAnswer(key, choice, outcome.answers[place])
      return true
    }
    for (const { key } of declared) {
      if (this.#list.get(key)?.mediaId !== null) continue
      if (outcome.type === 'refused') this.#list.apply(key, { type: 'refuse', refusal: outcome.refusal })
      else this.#list.apply(key, { type: 'fail', trouble: 'network' })
    }
    return true
  }

  #describe(declared: readonly Declared[]): HashedFile[] {
    return declared.flatMap(({ key, ...sum }) => {
      const file = this.#list.get(key)?.file
      const wish = this.#insisted.has(key) ? { ...sum, allowDuplicate: true } : sum
      return file === undefined ? [] : [{ name: file.name, type: file.type, bytes: file.size, ...wish }]
    })
  }

  /** Goes on with large uploads of the same files that an earlier visit, or another tab, has begun. */
  async #takeUp(signal: AbortSignal) {
    const sought = [...this.#unsought].flatMap(([key, named]) => {
      const item = this.#list.get(key)
      return item === undefined ? [] : [{ item, named }]
    })
    if (sought.length === 0) return
    this.#unsought.clear()
    const find = async ({ item, named }: (typeof sought)[number]) => {
      const entries = await this.#deps.journal.find(item.file, item.destination)
      const begun = entries.map((entry) => ({ mediaId: entry.mediaId, arrivedBytes: arrivedBytesOf(entry) }))
      return { item, begun: named === null ? begun : [{ mediaId: named, arrivedBytes: 0 }, ...begun] }
    }
    const found = await Promise.all(sought.map(find))
    const alive = await this.#findAlive(
      [...new Set(found.flatMap(({ begun }) => begun.map(({ mediaId }) => mediaId)))],
      signal,
    )
    for (const { item, begun } of found) {
      const upload = begun.find(({ mediaId }) => alive.has(mediaId) && !this.#isHeld(mediaId))
      if (upload === undefined || !isActive(item.state)) continue
      this.#takeFromFailed(upload.mediaId)
      if (!this.#list.apply(item.key, { type: 'reserve', ...upload })) continue
      this.#batchOf.get(item.key)?.choice.discount(item.file.size)
      this.#ends.onReserved({ key: item.key, held: null, isFresh: false })
    }
    queueMicrotask(this.#ends.onDeclared)
  }

  /** Those that have not ended: what came of them may lie in the trash by now. */
  async #findAlive(mediaIds: readonly MediaId[], signal: AbortSignal): Promise<ReadonlySet<MediaId>> {
    const unknown = mediaIds.filter((each) => !this.#isHeld(each)).slice(0, watchedMaxPerCall)
    if (unknown.length === 0) return new Set()
    const asked = await askApi(this.#deps, signal, () => this.#deps.watch(unknown))
    if (asked.type !== 'answered') return new Set(unknown)
    const isAlive = ({ state }: WatchedItem) => state === 'reserved'
    // What is not answered is another person's, and the way to take it up again stays theirs.
    for (const each of asked.answer) if (!isAlive(each)) void this.#deps.journal.remove(each.mediaId)
    return new Set(asked.answer.filter(isAlive).map(({ mediaId }) => mediaId))
  }

  #takeAnswer(key: number, choice: Choice, answer: BeginAnswer | undefined) {
    if (answer === undefined) this.#list.apply(key, { type: 'fail', trouble: 'network' })
    else if (answer.ok && this.#isTaken(key, answer.mediaId))
      this.#list.apply(key, { type: 'refuse', refusal: { code: 'duplicate' }, duplicateOf: answer.mediaId })
    else if (answer.ok) {
      if (isActive(this.#list.get(key)?.state ?? 'cancelled')) this.#takeFromFailed(answer.mediaId)
      const held = answer.method === 'put' ? { request: answer.request, gotAtMs: this.#deps.nowMs() } : null
      const isWanted = this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })
      const item = this.#list.get(key)
      if (isWanted) {
        choice.reserve({ key, held, isFresh: true })
        if (item !== undefined && isLarge(item))
          void this.#deps.journal.begin({ mediaId: answer.mediaId, file: item.file, destination: item.destination })
      } else if (item?.state === 'cancelled') this.#ends.onUnwanted(answer.mediaId)
    } else if (answer.code === 'upload_settled' && answer.mediaId !== undefined) {
      this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })
      this.#ends.onReceived(key, answer.mediaId)
    } else {
      const { code, bytesMax, mediaId = null } = answer
      const refusal = bytesMax === undefined ? { code } : { code, bytesMax }
      this.#list.apply(key, { type: 'refuse', refusal, duplicateOf: code === 'duplicate' ? mediaId : null })
    }
  }

  /** The same content waits in another row of this page: its reservation is that one's. */
  #isTaken(key: number, mediaId: MediaId): boolean {
    return this.#list.keyOf(mediaId) !== key && this.#isHeld(mediaId)
  }

  /** By a row of this page, which may still bring it to its end: choosing a file twice means two. */
  #isHeld(mediaId: MediaId): boolean {
    const key = this.#list.keyOf(mediaId)
    const state = key === undefined ? 'cancelled' : this.#list.get(key)?.state
    return state !== 'cancelled' && state !== 'failed'
  }

  /** Whoever chooses a file again that has failed here means that one. */
  #takeFromFailed(mediaId: MediaId) {
    const key = this.#list.keyOf(mediaId)
    if (key !== undefined) this.#list.apply(key, { type: 'yield' })
  }
}
