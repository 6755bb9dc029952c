// Large files that were begun before: by an earlier visit, by another tab, or by a row of this page that has failed. Each
// is looked for when it is added, and once more when its turn to be declared has come. Part of the declare line.
import { watchedMaxPerCall } from '@shoebox/shared/upload/policy.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { askApi } from './ask-api.ts'
import type { BackOffDeps } from './back-off.ts'
import { isActive, isLarge, type UploadItem } from './upload-item.ts'
import { arrivedBytesOf, type UploadJournal } from './upload-journal.ts'
import type { UploadList } from './upload-list.ts'
import type { WatchDeps, WatchedItem } from './watch-loop.ts'

export type TakeUpDeps = BackOffDeps & Pick<WatchDeps, 'watch'> & { readonly journal: UploadJournal }

type Sought = { readonly item: UploadItem; readonly named: MediaId | null }

type Ends = {
  readonly onTakenUp: (item: UploadItem) => void
  readonly isGivenBack: (mediaId: MediaId) => boolean
}

export class TakeUp {
  readonly #deps: TakeUpDeps
  readonly #list: UploadList
  readonly #ends: Ends
  /** Of which nobody has looked yet whether they were begun before, and which upload each is said to be. */
  readonly #unsought = new Map<number, MediaId | null>()
  /** What each was held against already, by its key: what turned out to be another file is not tried twice. */
  readonly #looked = new Map<number, ReadonlySet<MediaId>>()

  constructor(deps: TakeUpDeps, list: UploadList, ends: Ends) {
    this.#deps = deps
    this.#list = list
    this.#ends = ends
  }

  add(keys: readonly number[], goOnWith: MediaId | null): void {
    for (const key of keys) this.#unsought.set(key, goOnWith)
  }

  abandon(): void {
    this.#unsought.clear()
  }

  /** Looks for those that were added since. */
  run(signal: AbortSignal): Promise<void> {
    const added = [...this.#unsought].flatMap(([key, named]) => {
      this.#looked.delete(key)
      const item = this.#list.get(key)
      return item !== undefined && isLarge(item) ? [{ item, named }] : []
    })
    this.#unsought.clear()
    return this.#look(added, signal)
  }

  /** Looks for what was begun of these since they were looked for. */
  runAgain(items: readonly UploadItem[], signal: AbortSignal): Promise<void> {
    return this.#look(
      items.map((item) => ({ item, named: null })),
      signal,
    )
  }

  async #look(sought: readonly Sought[], signal: AbortSignal) {
    if (sought.length === 0) return
    const find = async ({ item, named }: Sought) => {
      const entries = await this.#deps.journal.find(item.file, item.destination)
      const begun = entries.map((entry) => ({ mediaId: entry.mediaId, arrivedBytes: arrivedBytesOf(entry) }))
      if (named !== null) begun.unshift({ mediaId: named, arrivedBytes: 0 })
      const looked = this.#looked.get(item.key) ?? new Set()
      this.#looked.set(item.key, new Set([...looked, ...begun.map(({ mediaId }) => mediaId)]))
      return { item, begun: begun.filter(({ mediaId }) => !looked.has(mediaId)) }
    }
    const found = await Promise.all(sought.map(find))
    const mediaIds = new Set(found.flatMap(({ begun }) => begun.map(({ mediaId }) => mediaId)))
    const alive = await this.#findAlive([...mediaIds], signal)
    for (const { item, begun } of found) {
      const upload = begun.find(({ mediaId }) => alive.has(mediaId) && this.#isFree(mediaId))
      const isWanted = isActive(this.#list.get(item.key)?.state ?? 'cancelled')
      if (upload === undefined || !isWanted) continue
      takeFromFailed(this.#list, upload.mediaId)
      if (this.#list.apply(item.key, { type: 'reserve', ...upload })) this.#ends.onTakenUp(item)
    }
  }

  /** Those that have not ended: what came of them may lie in the trash by now. */
  async #findAlive(mediaIds: readonly MediaId[], signal: AbortSignal): Promise<ReadonlySet<MediaId>> {
    const unknown = mediaIds.filter((each) => this.#isFree(each)).slice(0, watchedMaxPerCall)
    if (unknown.length === 0) return new Set()
    const asked = await askApi(this.#deps, signal, () => this.#deps.watch(unknown))
    if (asked.type !== 'answered') return new Set(unknown)
    const isAlive = ({ state }: WatchedItem) => state === 'reserved'
    // What is not answered is another person's, and the way to take it up again stays theirs.
    for (const each of asked.answer) if (!isAlive(each)) void this.#deps.journal.remove(each.mediaId)
    return new Set(asked.answer.filter(isAlive).map(({ mediaId }) => mediaId))
  }

  #isFree(mediaId: MediaId): boolean {
    return !isHeld(this.#list, mediaId) && !this.#ends.isGivenBack(mediaId)
  }
}

/** By a row of this page, which may still bring it to its end: choosing a file twice means two. */
export function isHeld(list: UploadList, mediaId: MediaId): boolean {
  const key = list.keyOf(mediaId)
  const state = key === undefined ? 'cancelled' : list.get(key)?.state
  return state !== 'cancelled' && state !== 'failed'
}

/** Whoever chooses a file again that has failed here means that one. */
export function takeFromFailed(list: UploadList, mediaId: MediaId): void {
  const key = list.keyOf(mediaId)
  if (key !== undefined) list.apply(key, { type: 'yield' })
}
