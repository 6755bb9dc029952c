// From "received" to the settled end: asks for everything that is being inspected and writes the answers into the list.
import type { FeedItem, MediaId } from '../feed/feed-item.ts'
import { nameDestination, publicFeed, type Destination } from './destination.ts'
import { isHere } from './upload-item.ts'
import type { UploadList } from './upload-list.ts'
import { createWatchLoop, type WatchDeps, type WatchedItem, type WatchLoop } from './watch-loop.ts'

export type InspectionDeps = Omit<WatchDeps, 'onWatched'> & {
  readonly nowMs: () => number
  /** Those of one answer together, since a list that takes them in is ordered anew. */
  readonly onReady: (items: readonly FeedItem[], destination: Destination) => void
  /** Their reservations expired before their bytes arrived. */
  readonly onLost: (keys: readonly number[]) => void
}

/** By place: those that an earlier page kept have a destination of their own each. */
type Ready = Map<string, { readonly items: FeedItem[]; readonly destination: Destination }>

/** Inspection is a matter of seconds; after this the row says that it is not forgotten. */
const slowAfterMs = 30_000

export class InspectionWatch {
  readonly #deps: InspectionDeps
  readonly #list: UploadList
  readonly #loop: WatchLoop
  readonly #receivedAtMs = new Map<number, number>()
  /** Under these another file was sent, as far as anybody knows: their end is not that of the file here. */
  readonly #ofAnother = new Set<MediaId>()

  constructor(deps: InspectionDeps, list: UploadList) {
    this.#deps = deps
    this.#list = list
    this.#loop = createWatchLoop({ ...deps, onWatched: (answers, asked) => this.#takeWatched(answers, asked) })
  }

  /** All bytes of a file have arrived. */
  receive(key: number, mediaId: MediaId): void {
    if (!this.#list.apply(key, { type: 'receive' })) return
    this.#receivedAtMs.set(key, this.#deps.nowMs())
    this.#loop.add(mediaId)
  }

  /** It has an end, and nobody here knows which. `isAnother`: nor whether it is this file that was sent. */
  findEnd(key: number, mediaId: MediaId, isAnother = false): void {
    if (isAnother) this.#ofAnother.add(mediaId)
    if (this.#list.get(key)?.mediaId === mediaId) this.#loop.add(mediaId)
  }

  /** Goes on after somebody has signed in. */
  resume(): void {
    this.#loop.resume()
  }

  drop(mediaId: MediaId): void {
    this.#loop.drop(mediaId)
  }

  /** Cancelled too late: its end is whatever the API says. */
  takeBack(mediaId: MediaId): void {
    const key = this.#list.keyOf(mediaId)
    if (key === undefined || !this.#list.apply(key, { type: 'late' })) return
    this.#receivedAtMs.set(key, this.#deps.nowMs())
    this.#loop.add(mediaId)
  }

  #takeWatched(answers: readonly WatchedItem[], asked: readonly MediaId[]) {
    const ready: Ready = new Map()
    const lost = new Map<MediaId, number>()
    const byId = new Map(answers.map((answer) => [answer.mediaId, answer]))
    for (const mediaId of asked) {
      const key = this.#list.keyOf(mediaId)
      if (key === undefined) continue
      const answer = byId.get(mediaId)
      if (answer?.state === 'reserved') {
        this.#list.apply(key, { type: 'inspect' })
        const waitedMs = this.#deps.nowMs() - (this.#receivedAtMs.get(key) ?? 0)
        if (waitedMs > slowAfterMs) this.#list.apply(key, { type: 'slow' })
      } else if (this.#isLost(answer) && isHere(this.#list.get(key)?.state ?? 'expired')) lost.set(mediaId, key)
      else {
        this.#loop.drop(mediaId)
        this.#settle(key, answer, ready)
      }
    }
    for (const { items, destination } of ready.values()) this.#deps.onReady(items, destination)
    for (const mediaId of lost.keys()) this.#loop.drop(mediaId)
    this.#deps.onLost([...lost.values()])
  }

  /** To be begun anew. What somebody has cancelled is not. */
  #isLost(answer: WatchedItem | undefined): boolean {
    if (answer === undefined || answer.state === 'cancelled') return false
    return answer.state === 'expired' || this.#ofAnother.has(answer.mediaId)
  }

  #settle(key: number, answer: WatchedItem | undefined, ready: Ready) {
    if (answer === undefined) this.#list.apply(key, { type: 'refuse', refusal: { code: 'not_found' } })
    else if (answer.state === 'ready') {
      this.#list.apply(key, { type: 'ready', shown: answer.item, detectedType: findOther(answer) })
      const destination = this.#list.get(key)?.destination ?? publicFeed
      // What waits for a review stands in no list yet.
      if (answer.item === null || answer.item.isHeld === true) return
      const name = nameDestination(destination)
      const there = ready.get(name)
      if (there === undefined) ready.set(name, { items: [answer.item], destination })
      else there.items.push(answer.item)
    } else if (answer.state === 'refused') {
      const refusal = { code: answer.reason ?? 'type_unknown' } as const
      const { duplicateOf } = answer
      this.#list.apply(key, { type: 'refuse', refusal, detectedType: findOther(answer), duplicateOf })
    } else {
      // Cancelled, by somebody or with the right to add here; or expired, and nobody has its file.
      this.#list.apply(key, { type: 'refuse', refusal: { code: 'upload_settled' } })
    }
  }
}

/** What it really is, where that is something else than was declared. */
const findOther = ({ detectedType, declaredType }: WatchedItem): string | null =>
  detectedType === declaredType ? null : detectedType
