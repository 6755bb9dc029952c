// Files on their way to a reservation: cut into batches, summed, declared in order, one batch at a time. Part of the
// upload queue, which says when it may go on and takes what is reserved.
import type { MediaId } from '../feed/feed-item.ts'
import { Choice, type ChoiceDeps } from './choice.ts'
import { declareBatch, type BeginAnswer, type DeclareDeps, type HashedFile } from './declare-batch.ts'
import { nameDestination, type Destination } from './destination.ts'
import type { HashFile } from './hash-file.ts'
import { planBatches } from './plan-batches.ts'
import { bytesToSum, sumBatch, type Declared } from './sum-batch.ts'
import { isHeld, takeFromFailed, TakeUp, type TakeUpDeps } from './take-up.ts'
import { isActive, isLarge, type UploadItem } from './upload-item.ts'
import type { UploadList } from './upload-list.ts'

export type DeclareLineDeps = DeclareDeps &
  TakeUpDeps &
  Pick<ChoiceDeps, 'readRoom'> & {
    readonly hash: HashFile
    readonly makeBatchId: () => string
    readonly nowMs: () => number
    /** Runs while no other tab declares large files, whose content nobody knows yet; after some seconds all the same. */
    readonly alone: <T>(run: () => Promise<T>) => Promise<T>
  }

type Ends = Pick<ChoiceDeps, 'onReserved'> & {
  /** Somebody is signed in, nothing is paused, and what is reserved does not wait too long. */
  readonly mayDeclare: () => boolean
  /** It was declared before and has its end since. */
  readonly onSettled: (key: number, mediaId: MediaId) => void
  /** Reserved, and no longer wanted. */
  readonly onUnwanted: (mediaId: MediaId) => void
  /** The reservations that are being given back. */
  readonly cancelling: ReadonlyMap<MediaId, Promise<unknown>>
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
  readonly #takeUp: TakeUp
  /** Aborted when somebody else is signed in: no call of before is made again. */
  #person = new AbortController()
  #isRunning = false

  constructor(deps: DeclareLineDeps, list: UploadList, ends: Ends) {
    this.#deps = deps
    this.#list = list
    this.#ends = ends
    this.#takeUp = new TakeUp(deps, list, {
      isGivenBack: (mediaId) => ends.cancelling.has(mediaId),
      onTakenUp: ({ key, file }) => {
        this.#batchOf.get(key)?.choice.discount(file.size)
        ends.onReserved({ key, held: null, isFresh: false })
        queueMicrotask(ends.onDeclared)
      },
    })
  }

  get isEmpty(): boolean {
    return this.#batches.length === 0
  }

  add(keys: readonly number[], goOnWith: MediaId | null = null): void {
    this.#takeUp.add(keys, goOnWith)
    this.addAnew(keys)
  }

  /** Whatever was begun of them before. */
  addAnew(keys: readonly number[]): void {
    const items = keys.flatMap((key) => this.#list.get(key) ?? [])
    const groups = Map.groupBy(items, ({ destination }) => nameDestination(destination))
    const batches = [...groups.values()].flatMap((group) => planBatches(group, bytesToSum))
    const bytes = items.reduce((sum, { file }) => sum + file.size, 0)
    const choice = new Choice({ ...this.#deps, onReserved: this.#ends.onReserved }, bytes, batches.length)
    for (const batch of batches) this.#addBatch(batch, choice)
  }

  /** Somebody else is signed in now: nothing of what waits here is declared any more. */
  abandon(): void {
    this.#batches.length = 0
    this.#takeUp.abandon()
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
      // A row that cannot be drawn throws in here.
      this.#isRunning = false
    }
  }

  /** Returns false when the batch must wait for somebody to sign in. */
  async #declare(batch: Batch): Promise<boolean> {
    const { choice } = batch
    const { signal } = this.#person
    await this.#takeUp.run(signal)
    const summing = batch.declared ?? sumBatch(this.#deps, this.#list, batch.keys)
    const [declared, hasRoom] = await Promise.all([summing, choice.fits()])
    const large = declared.flatMap(({ key }) => this.#list.get(key) ?? []).filter(isLarge)
    if (large.length === 0) return this.#ask(batch, declared, hasRoom)
    return this.#deps.alone(async () => {
      // Another tab may have begun the same meanwhile. What was declared stays as it was, and where.
      if (batch.declared === null) await this.#takeUp.runAgain(large, signal)
      const isLeft = ({ key }: Declared) => this.#list.get(key)?.mediaId === null
      return this.#ask(batch, batch.declared ?? declared.filter(isLeft), hasRoom)
    })
  }

  async #ask(batch: Batch, declared: Declared[], hasRoom: boolean): Promise<boolean> {
    const { choice } = batch
    const { signal } = this.#person
    batch.declared = declared
    // All or none: a batch id names its files by their places.
    if (!declared.some(({ key }) => isActive(this.#list.get(key)?.state ?? 'cancelled'))) return true
    // What is being given back must not be promised again to the same content.
    await Promise.all(this.#ends.cancelling.values())
    const outcome = await declareBatch(this.#deps, signal, batch, this.#describe(declared))
    if (signal.aborted) return true
    if (outcome.type === 'sign-in-needed') return false
    if (hasRoom) choice.letGo()
    if (outcome.type === 'answered') {
      await Promise.all(declared.map(({ key }, place) => this.#takeAnswer(key, choice, outcome.answers[place])))
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
      const item = this.#list.get(key)
      if (item === undefined) return []
      const { file, allowDuplicate } = item
      return [{ name: file.name, type: file.type, bytes: file.size, allowDuplicate, ...sum }]
    })
  }

  /** Resolves when other tabs can know of it. */
  async #takeAnswer(key: number, choice: Choice, answer: BeginAnswer | undefined) {
    if (answer === undefined) this.#list.apply(key, { type: 'fail', trouble: 'network' })
    else if (answer.ok && this.#isTaken(key, answer.mediaId))
      this.#list.apply(key, { type: 'refuse', refusal: { code: 'duplicate' }, duplicateOf: answer.mediaId })
    else if (answer.ok) {
      if (isActive(this.#list.get(key)?.state ?? 'cancelled')) takeFromFailed(this.#list, answer.mediaId)
      const held = answer.method === 'put' ? { request: answer.request, gotAtMs: this.#deps.nowMs() } : null
      const isWanted = this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })
      const item = this.#list.get(key)
      if (isWanted) {
        choice.reserve({ key, held, isFresh: true })
        if (item !== undefined && isLarge(item))
          await this.#deps.journal.begin({ mediaId: answer.mediaId, file: item.file, destination: item.destination })
      } else if (item?.state === 'cancelled') this.#ends.onUnwanted(answer.mediaId)
    } else if (answer.code === 'upload_settled' && answer.mediaId !== undefined) {
      this.#list.apply(key, { type: 'reserve', mediaId: answer.mediaId })
      this.#ends.onSettled(key, answer.mediaId)
    } else {
      const { code, bytesMax, mediaId = null } = answer
      const refusal = bytesMax === undefined ? { code } : { code, bytesMax }
      this.#list.apply(key, { type: 'refuse', refusal, duplicateOf: code === 'duplicate' ? mediaId : null })
    }
  }

  /** The same content waits in another row of this page: its reservation is that one's. */
  #isTaken(key: number, mediaId: MediaId): boolean {
    return this.#list.keyOf(mediaId) !== key && isHeld(this.#list, mediaId)
  }
}
