// The whole way of every file, from being added to its settled end. Knows no screen and no browser API: those are its
// deps. Files are taken at once and in any number; batches are declared in order, four files are sent at a time.
import { parallelUploads } from '@shoebox/shared/upload/policy.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { askApi } from './ask-api.ts'
import { DeclareLine, type DeclareLineDeps } from './declare-line.ts'
import { publicFeed } from './destination.ts'
import { InspectionWatch, type InspectionDeps } from './inspection-watch.ts'
import type { KeptFile } from './kept-files.ts'
import { limitPuts } from './limit-puts.ts'
import type { PutFile } from './put-request.ts'
import { SendLine, type SendLineDeps } from './send-line.ts'
import { hasEnded, isBroken, isLarge, isOverDay, type UploadItem } from './upload-item.ts'
import { UploadList, type UploadListDeps } from './upload-list.ts'

export type UploadQueueDeps = DeclareLineDeps &
  Omit<SendLineDeps, 'put'> &
  UploadListDeps &
  Pick<InspectionDeps, 'onReady' | 'watch' | 'waitForEyes'> & {
    readonly put: PutFile
    readonly cancel: (mediaId: MediaId) => Promise<unknown>
    /** Nobody is signed in: the queue waits for open(). */
    readonly onSignInNeeded: () => void
  }

/** How many reserved files may wait for a free connection before the next batch is declared. */
const reservedAheadMax = 50

export class UploadQueue {
  readonly #deps: UploadQueueDeps
  readonly #list: UploadList
  readonly #inspection: InspectionWatch
  readonly #declaring: DeclareLine
  readonly #sending: SendLine
  readonly #cancelling = new Map<MediaId, Promise<void>>()
  #isOpen = false
  #isPaused = false
  #isAbandoning = false

  constructor(given: UploadQueueDeps) {
    const deps = { ...given, put: limitPuts(given.put, parallelUploads, given.nowMs) }
    this.#deps = given
    this.#list = new UploadList({
      onAdded: deps.onAdded,
      onChanged: (after, before) => {
        deps.onChanged(after, before)
        // What is not there for who is signed in may be another's to take up again.
        const isOver = hasEnded(after.state) && !this.#isAbandoning && after.refusal?.code !== 'not_found'
        if (after.mediaId !== null && isLarge(after) && isOver) void deps.journal.remove(after.mediaId)
      },
    })
    const onSignInNeeded = () => this.#hold()
    const onSettled = (key: number, mediaId: MediaId, isAnother?: boolean) =>
      this.#inspection.findEnd(key, mediaId, isAnother)
    const run = () => this.#run()
    this.#inspection = new InspectionWatch(
      { ...deps, onLost: (keys) => this.#beginAnew(keys), onSignInNeeded },
      this.#list,
    )
    this.#sending = new SendLine(deps, this.#list, {
      maySend: () => this.#mayGoOn,
      onReceived: (key, mediaId) => this.#inspection.receive(key, mediaId),
      onSettled,
      onLost: (key) => this.#beginAnew([key]),
      onSignInNeeded,
      onFree: run,
    })
    this.#declaring = new DeclareLine(deps, this.#list, {
      mayDeclare: () => this.#mayGoOn && this.#sending.waitingCount < reservedAheadMax,
      onReserved: (next) => this.#sending.add(next),
      onSettled,
      onUnwanted: (mediaId) => this.#giveBack(mediaId),
      cancelling: this.#cancelling,
      onSignInNeeded,
      onDeclared: run,
    })
  }

  /**
   * Takes files; those the policy refuses are answered at once, the others are sent as soon as the queue is open.
   * `goOnWith`: which upload a file is said to be.
   */
  add(files: readonly File[], destination = publicFeed, goOnWith: MediaId | null = null): void {
    const keys = this.#list.add(files.map((file) => ({ file, destination }))).map((item) => item.key)
    this.#declaring.add(keys, goOnWith)
    if (this.#isOpen) this.#run()
    else if (!this.#declaring.isEmpty) this.#deps.onSignInNeeded()
  }

  /** Takes files that an earlier page kept: each goes on in its reservation, where it has one that no row here has. */
  goOn(kept: readonly KeptFile[]): void {
    const mediaIds = new Map(kept.map(({ file, mediaId }) => [file, mediaId]))
    const unreserved: number[] = []
    for (const { key, file } of this.#list.add(kept)) {
      const mediaId = mediaIds.get(file) ?? null
      if (mediaId === null || this.#list.keyOf(mediaId) !== undefined) unreserved.push(key)
      else if (this.#list.apply(key, { type: 'reserve', mediaId }))
        this.#sending.add({ key, held: null, isFresh: false })
    }
    this.#declaring.add(unreserved)
    this.#run()
  }

  /** Somebody is signed in. */
  open(): void {
    this.#isOpen = true
    this.#inspection.resume()
    this.#run()
  }

  /** Nobody is any more: nothing new is begun. */
  close(): void {
    this.#isOpen = false
  }

  /** Nothing more is sent until resume(); what is being inspected is still watched. */
  pause(): void {
    this.#isPaused = true
    this.#sending.pause()
  }

  resume(): void {
    this.#isPaused = false
    this.#run()
  }

  cancel(key: number): void {
    const mediaId = this.#list.get(key)?.mediaId ?? null
    if (!this.#list.apply(key, { type: 'cancel' })) return
    this.#sending.stop(key)
    if (mediaId !== null) this.#giveBack(mediaId)
  }

  /** Of these nobody wants any more what was refused. */
  dismiss(keys: readonly number[]): void {
    for (const key of keys) if (this.#list.get(key)?.state === 'refused') this.#list.apply(key, { type: 'cancel' })
  }

  /**
   * Somebody else is signed in now: nothing that the person before has left here goes on. Their reservations, and the
   * way to take them up again, stay theirs.
   */
  abandon(): void {
    this.#isAbandoning = true
    for (const { key, mediaId } of this.#list.all()) {
      if (this.#list.apply(key, { type: 'cancel' })) this.#sending.stop(key)
      if (mediaId !== null) this.#inspection.drop(mediaId)
    }
    this.#isAbandoning = false
    this.#declaring.abandon()
    void this.#deps.journal.abandon()
  }

  /** What failed goes on where it stopped; what was refused begins anew. */
  retry(keys: readonly number[]): void {
    const refused: number[] = []
    const unreserved: number[] = []
    for (const key of keys) {
      const before = this.#list.get(key)
      if (!this.#list.apply(key, { type: 'retry' })) continue
      if (before?.state === 'refused') refused.push(key)
      else if (before?.mediaId === null) unreserved.push(key)
      else this.#sending.add({ key, held: null, isFresh: false })
    }
    this.#declaring.add(refused)
    this.#declaring.retry(unreserved)
    this.#run()
  }

  /** What a network broke is tried once more, unasked. */
  retryBroken(): void {
    this.#retryAll(isBroken)
  }

  /** Another day has begun: so is what the one before had no room for. */
  retryOverDay(): void {
    this.#retryAll(isOverDay)
  }

  /** Somebody wants files although the same are among their items. */
  addAnyway(keys: readonly number[]): void {
    this.#declaring.add(keys.filter((key) => this.#list.apply(key, { type: 'insist' })))
    this.#run()
  }

  #retryAll(isMeant: (item: UploadItem) => boolean) {
    this.retry(this.#list.all().flatMap((item) => (isMeant(item) ? [item.key] : [])))
  }

  get #mayGoOn(): boolean {
    return this.#isOpen && !this.#isPaused
  }

  #run() {
    this.#sending.run()
    void this.#declaring.run()
  }

  #hold() {
    this.#isOpen = false
    this.#deps.onSignInNeeded()
  }

  #giveBack(mediaId: MediaId) {
    const given = this.#cancelReserved(mediaId).finally(() => this.#cancelling.delete(mediaId))
    this.#cancelling.set(mediaId, given)
  }

  /** Should this call never get through, the reservation expires by itself. */
  async #cancelReserved(mediaId: MediaId) {
    this.#inspection.drop(mediaId)
    const asked = await askApi(this.#deps, new AbortController().signal, () => this.#deps.cancel(mediaId))
    // It had its end already, and people should see which.
    if (asked.type === 'refused' && asked.refusal.code === 'upload_settled') this.#inspection.takeBack(mediaId)
  }

  #beginAnew(keys: readonly number[]) {
    const lost = keys.filter((key) => this.#list.apply(key, { type: 'lose' }))
    if (lost.length === 0) return
    this.#declaring.addAnew(lost)
    this.#run()
  }
}
