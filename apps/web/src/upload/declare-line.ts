// Files on their way to a reservation: cut into batches, summed, declared in order, one batch at a time. Part of the
// upload queue, which says when it may go on and takes what is reserved.
import type { MediaId } from '../feed/feed-item.ts'
import { askApi } from './ask-api.ts'
import { Choice, type ChoiceDeps } from './choice.ts'
import { declareBatch, type BeginAnswer, type DeclareDeps, type HashedFile } from './declare-batch.ts'
import { nameDestination, type Destination } from './destination.ts'
import type { HashFile } from './hash-file.ts'
import { planBatches } from './plan-batches.ts'
import { bytesToSum, sumBatch, type Declared } from './sum-batch.ts'
import { isLarge, type UploadItem } from './upload-item.ts'
import type { UploadJournal } from './upload-journal.ts'
import type { UploadList } from './upload-list.ts'
import type { WatchDeps } from './watch-loop.ts'

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
  /** A batch has its answers. */
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
  #isRunning = false

  constructor(deps: DeclareLineDeps, list: UploadList, ends: Ends) {
    this.#deps = deps
    this.#list = list
    this.#ends = ends
  }

  get isEmpty(): boolean {
    return this.#batches.length === 0
  }

  add(keys: readonly number[]): void {
    const items = keys.flatMap((key) => this.#list.get(key) ?? [])
    const groups = Map.groupBy(items, ({ destination }) => nameDestination(destination))
    const batches = [...groups.values()].flatMap((group) => planBatches(group, bytesToSum))
    const bytes = items.reduce((sum, { file }) => sum + file.size, 0)
    const choice = new Choice({ ...this.#deps, onReserved: this.#ends.onReserved }, bytes, batches.length)
    for (const batch of batches) this.#addBatch(batch, choice)
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
    while (this.#ends.mayDeclare()) {
      const batch = this.#batches[0]
      if (batch === undefined) break
      if (await this.#declare(batch)) {
        this.#batches.shift()
        batch.choice.close()
        queueMicrotask(this.#ends.onDeclared)
      } else this.#ends.onSignInNeeded()
    }
    this.#isRunning = false
  }

  /** Returns false when the batch must wait for somebody to sign in. */
  async #declare(batch: Batch): Promise<boolean> {
    const { choice } = batch
    const takeUp = (item: UploadItem) => this.#takeUp(item, choice)
    const summing = batch.declared ?? sumBatch(this.#deps, this.#list, batch.keys, takeUp)
    const [declared, hasRoom] = await Promise.all([summing, choice.fits()])
    batch.declared = declared
    if (declared.length === 0) return true
    // What is being given back must not be promised again to the same content.
    await this.#ends.untilCancelled()
    const outcome = await declareBatch(this.#deps, batch.id, this.#describe(declared), batch.destination)
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

  /** Goes on with a large upload of the same file that an earlier visit, or another tab, has begun. */
  async #takeUp({ key, file, destination }: UploadItem, choice: Choice): Promise<boolean> {
    const begun = await this.#deps.journal.find(file, destination)
    // Not with one of this page: choosing a file twice means two.
    const mediaId = begun.find((each) => this.#list.keyOf(each) === undefined)
    if (mediaId === undefined) return false
    if (!(await this.#isAlive(mediaId))) {
      await this.#deps.journal.remove(mediaId)
      return false
    }
    if (!this.#list.apply(key, { type: 'reserve', mediaId })) return false
    choice.reserve({ key, held: null, isFresh: false })
    return true
  }

  /** Not when it was cancelled from another page, has expired, was refused, or is another person's. */
  async #isAlive(mediaId: MediaId): Promise<boolean> {
    const asked = await askApi(this.#deps, new AbortController().signal, () => this.#deps.watch([mediaId]))
    if (asked.type !== 'answered') return true
    const state = asked.answer.find((each) => each.mediaId === mediaId)?.state
    return state === 'reserved' || state === 'ready'
  }

  #takeAnswer(key: number, choice: Choice, answer: BeginAnswer | undefined) {
    if (answer === undefined) this.#list.apply(key, { type: 'fail', trouble: 'network' })
    else if (answer.ok && this.#isTaken(key, answer.mediaId))
      this.#list.apply(key, { type: 'refuse', refusal: { code: 'duplicate' }, duplicateOf: answer.mediaId })
    else if (answer.ok) {
      const held = answer.method === 'put' ? { request: answer.request, gotAtMs: this.#deps.nowMs() } : null
      const isWanted = this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })
      const item = this.#list.get(key)
      if (isWanted) {
        choice.reserve({ key, held, isFresh: true })
        if (item !== undefined && isLarge(item))
          void this.#deps.journal.write(answer.mediaId, item.file, item.destination)
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
    const other = this.#list.keyOf(mediaId)
    return other !== undefined && other !== key && this.#list.get(other)?.state !== 'cancelled'
  }
}
