// A gallery in memory: how much there is of what time, and those chunks of it that somebody has looked at. Items keep
// their objects from first load to last, across reloads too: rebuilt ones would lose focus and loaded pictures.
import { batch, createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import { isRefusedWith } from '../api/refusal.ts'
import { isExpiring, type FeedItem, type MediaId } from '../feed/feed-item.ts'
import type { Shelf } from '../feed/shelf.ts'
import type { GalleryItem, GalleryNames, GalleryPage } from './gallery-item.ts'
import { describeChunk, idsBetween, type Asked, type Chunk, type Place, type TimelineDeps } from './timeline-chunk.ts'

/** This near to the edge of a chunk, an opened item asks for the next one. */
const aheadMin = 6

export class Timeline implements Shelf {
  readonly #deps: TimelineDeps
  readonly #chunks = createSignal<readonly Chunk[]>([])
  readonly #state = createSignal<'loading' | 'ready' | 'failed'>('loading')
  readonly #failure = createSignal<unknown>(null)
  readonly #items = createStore<Record<MediaId, GalleryItem>>({})
  /** Taken away on this page, and still here if the server says no. */
  readonly #away = createSignal<ReadonlySet<MediaId>>(new Set())
  /** Where an item stands in the list of its chunk; that of a chunk which is not in place any more says nothing. */
  readonly #places = new Map<MediaId, { ids: readonly MediaId[]; index: number }>()
  /** Where the chunk of a list stands. */
  #indexes = new Map<readonly MediaId[], number>()
  /** Named, and not the viewer's own. */
  readonly #others = new Set<MediaId>()
  /** By the cursor of the chunk. */
  readonly #loads = new Map<string | null, Promise<void>>()
  readonly #renewals = new Map<string | null, Promise<void>>()
  readonly #listeners = new Set<(ids: readonly MediaId[]) => void>()
  #generation = 0
  #sinceCursor: string | null = null

  constructor(deps: TimelineDeps) {
    this.#deps = deps
  }

  readonly chunks = () => this.#chunks[0]()
  readonly state = () => this.#state[0]()
  readonly failure = () => this.#failure[0]()
  readonly total = () => this.chunks().reduce((sum, chunk) => sum + (chunk.ids?.length ?? chunk.count), 0)

  /** From when on what becomes visible may be missing here. Null before anything was loaded. */
  readonly sinceCursor = () => this.#sinceCursor

  hrefOf = (id: MediaId): string => this.#deps.hrefOf(id)
  href = (): string => this.#deps.hrefOf(null)
  isSettled = (): boolean => this.state() !== 'loading'
  find = (id: MediaId): GalleryItem | undefined => (this.#away[0]().has(id) ? undefined : this.#items[0][id])
  placeOf = (id: MediaId): Place | undefined => {
    const place = this.#places.get(id)
    const chunk = place === undefined ? undefined : this.#indexes.get(place.ids)
    return place === undefined || chunk === undefined ? undefined : { chunk, index: place.index }
  }

  patch = (id: MediaId, change: Partial<GalleryItem> | Partial<FeedItem>): void => {
    if (id in this.#items[0]) this.#items[1](id, change)
  }

  /** The chunks that are on the screen, as whoever shows them says. */
  near: () => { readonly start: number; readonly end: number } = () => ({ start: 0, end: 0 })

  /**
   * Asks what there is. On a reload, what is near is loaded before it takes the place of what is shown, and what was
   * loaded elsewhere stays where the chunk is still the same.
   */
  async load(): Promise<void> {
    const generation = (this.#generation += 1)
    // What is shown stays until the answer is there: also that there is nothing yet, and the button below it.
    if (this.state() !== 'ready') this.#state[1]('loading')
    try {
      const { chunks } = await this.#deps.timeline()
      // An empty gallery has no page that would tell from when on something is new.
      if (chunks.length === 0) this.#keep(await this.#deps.page(null, 1))
      const near = this.near()
      const isNear = (index: number) => index >= near.start && index < near.end
      const pages = await Promise.all(chunks.map((chunk, i) => (isNear(i) ? this.#ask(chunk) : Promise.resolve(null))))
      if (generation !== this.#generation) return
      batch(() => {
        const before = new Map(this.chunks().map((chunk) => [describeChunk(chunk), chunk.ids]))
        const idsOf = (chunk: Asked, i: number) =>
          this.#keep(pages[i] ?? null) ?? before.get(describeChunk(chunk)) ?? null
        this.#setChunks(chunks.map((chunk, i) => ({ ...chunk, ids: idsOf(chunk, i) })))
        this.#state[1]('ready')
      })
    } catch (error) {
      if (generation !== this.#generation) return
      batch(() => {
        this.#failure[1](error)
        if (this.state() !== 'ready') this.#state[1]('failed')
      })
    }
  }

  /** Loads a chunk unless it is there or on its way. */
  loadChunk(index: number): Promise<void> {
    const chunk = this.chunks()[index]
    if (chunk === undefined || chunk.ids !== null) return Promise.resolve()
    const running = this.#loads.get(chunk.cursor)
    if (running !== undefined) return running
    const load = this.#loadChunk(chunk).finally(() => this.#loads.delete(chunk.cursor))
    this.#loads.set(chunk.cursor, load)
    return load
  }

  /** What the gallery holds by name alone, from a cursor on; whose they are is known from then on. */
  async readNames(cursor: string | null, signal: AbortSignal, size?: number): Promise<GalleryNames> {
    const names = await this.#deps.names(cursor, signal, size)
    for (const { id, isMine } of names.items) if (!isMine) this.#others.add(id)
    return names
  }

  /** Whether it was ever loaded here, and not only named. */
  isLoaded = (id: MediaId): boolean => id in this.#items[0]

  /** Whether it is the viewer's own; true also for what nothing is known of. */
  isMine = (id: MediaId): boolean => this.#items[0][id]?.isMine ?? !this.#others.has(id)

  async #loadChunk(chunk: Chunk): Promise<void> {
    const page = await this.#ask(chunk)
    batch(() => {
      const ids = this.#keep(page)
      this.#setChunks(this.chunks().map((other) => (other.cursor === chunk.cursor ? { ...other, ids } : other)))
    })
  }

  readonly #ask = (chunk: Asked) => this.#deps.page(chunk.cursor, chunk.count)

  /** Takes what a page says of its items; those that are known keep their objects. */
  #keep(page: GalleryPage | null): readonly MediaId[] | null {
    if (page === null) return null
    this.#sinceCursor ??= page.sinceCursor
    const fresh = page.items.filter((item) => !(item.id in this.#items[0])).map((item) => item.id)
    for (const item of page.items) this.#items[1](item.id, item)
    if (fresh.length > 0) for (const tell of this.#listeners) tell(fresh)
    return page.items.map((item) => item.id).filter((id) => !this.#away[0]().has(id))
  }

  #setChunks(all: readonly Chunk[]): void {
    const chunks = all.filter((chunk) => chunk.ids === null || chunk.ids.length > 0)
    const indexes = new Map<readonly MediaId[], number>()
    chunks.forEach(({ ids }, chunk) => {
      if (ids === null) return
      indexes.set(ids, chunk)
      // Only what is new: a hundred thousand items would be a long task with each chunk that comes.
      if (!this.#indexes.has(ids)) ids.forEach((id, index) => this.#places.set(id, { ids, index }))
    })
    this.#indexes = indexes
    this.#chunks[1](chunks)
  }

  /** Calls back with items as they are loaded, and at once with those already there. */
  onAdded(tell: (ids: readonly MediaId[]) => void): () => void {
    this.#listeners.add(tell)
    const known = this.chunks().flatMap((chunk) => chunk.ids ?? [])
    if (known.length > 0) tell(known)
    return () => this.#listeners.delete(tell)
  }

  /** The loaded items from one to another, both included, whichever comes first. */
  between = (from: MediaId, to: MediaId): readonly MediaId[] => idsBetween(this.chunks(), from, to)

  /** Takes items out of sight at once. Returns how to put them back where they were. */
  takeAway(ids: readonly MediaId[]): () => void {
    const before = this.chunks()
    const gone = new Set(ids)
    batch(() => {
      this.#away[1](new Set([...this.#away[0](), ...gone]))
      // Lists that lose nothing stay the same: what is laid out by them is not laid out again.
      const isHit = (chunk: Chunk) => chunk.ids?.some((id) => gone.has(id)) === true
      const without = (chunk: Chunk) => ({ ...chunk, ids: chunk.ids?.filter((id) => !gone.has(id)) ?? null })
      this.#setChunks(before.map((chunk) => (isHit(chunk) ? without(chunk) : chunk)))
    })
    const generation = this.#generation
    return () => {
      this.#away[1](new Set([...this.#away[0]()].filter((id) => !gone.has(id))))
      if (generation === this.#generation) this.#setChunks(before)
      else void this.load()
    }
  }

  /** Items that were taken away may be shown again, wherever they stand by now. */
  async bringBack(ids: readonly MediaId[]): Promise<void> {
    const back = new Set(ids)
    this.#away[1](new Set([...this.#away[0]()].filter((id) => !back.has(id))))
    await this.load()
  }

  /** Everything of one owner goes out of sight, and the counts without it are asked for. */
  leaveOut = (ownerId: GalleryItem['owner']['id']): void => {
    this.takeAway(this.#idsOf(ownerId))
    void this.load()
  }

  takeBackIn = (ownerId: GalleryItem['owner']['id']): Promise<void> => this.bringBack(this.#idsOf(ownerId))

  readonly #idsOf = (ownerId: GalleryItem['owner']['id']): MediaId[] =>
    Object.values(this.#items[0]).flatMap(({ id, owner }) => (owner.id === ownerId ? [id] : []))

  beside = (id: MediaId, by: 1 | -1): GalleryItem | undefined => {
    const chunks = this.chunks()
    const place = this.placeOf(id)
    if (place === undefined) return undefined
    const next = chunks[place.chunk]?.ids?.[place.index + by]
    const other = by === 1 ? chunks[place.chunk + 1]?.ids?.[0] : chunks[place.chunk - 1]?.ids?.at(-1)
    const beside = next ?? other
    return beside === undefined ? undefined : this.find(beside)
  }

  lookAround = (id: MediaId): void => {
    const chunks = this.chunks()
    const place = this.placeOf(id)
    const item = this.find(id)
    // A reload forgets what is far from the screen, and the opened item may be.
    if (place === undefined && item !== undefined) return void this.#locate(item).catch(() => undefined)
    if (place === undefined) return
    const count = chunks[place.chunk]?.ids?.length ?? 0
    if (place.index < aheadMin) this.#wish(place.chunk - 1)
    if (place.index >= count - aheadMin) this.#wish(place.chunk + 1)
  }

  /** A chunk that may be wanted soon: it does not matter yet if it does not come. */
  #wish(index: number): void {
    void this.loadChunk(index).catch(() => undefined)
  }

  ask = async (id: MediaId): Promise<void> => {
    const item = await this.#deps.item(id)
    if (item.groupId !== this.#deps.groupId) return
    const isFresh = !(id in this.#items[0])
    this.#items[1](id, item)
    if (isFresh) for (const tell of this.#listeners) tell([id])
    await this.#locate(item).catch(() => undefined)
  }

  /** Loads the chunk that an item stands in. Its month is known at once; inside, chunks are tried by halves. */
  async #locate({ id, timelineAt }: GalleryItem): Promise<void> {
    const month = this.#deps.monthOf(timelineAt)
    let low = this.chunks().findIndex((chunk) => chunk.month === month)
    let high = this.chunks().findLastIndex((chunk) => chunk.month === month)
    while (low >= 0 && low <= high && this.placeOf(id) === undefined) {
      const middle = (low + high) >> 1
      await this.loadChunk(middle)
      const newest = this.chunks()[middle]?.ids?.[0]
      const isNewer = newest === undefined || timelineAt > (this.find(newest)?.timelineAt ?? '')
      if (isNewer) high = middle - 1
      else low = middle + 1
    }
  }

  /** Renews the signature of an item and, where it is due, those of its whole chunk with it. */
  renew = async (id: MediaId): Promise<void> => {
    const place = this.placeOf(id)
    const chunk = place === undefined ? undefined : this.chunks()[place.chunk]
    const isDue = () => {
      const item = this.find(id)
      return item !== undefined && isExpiring(item, this.#deps.nowMs())
    }
    if (chunk === undefined || !isDue()) return this.#renewOne(id)
    await this.#renewChunk(chunk)
    if (isDue()) await this.#renewOne(id)
  }

  async #renewChunk(chunk: Chunk): Promise<void> {
    const { cursor } = chunk
    const take = ({ items }: GalleryPage) =>
      batch(() => items.forEach(({ id, delivery }) => this.patch(id, { delivery })))
    const running = this.#renewals.get(cursor) ?? this.#ask(chunk).then(take)
    this.#renewals.set(cursor, running)
    await running.finally(() => this.#renewals.delete(cursor))
  }

  async #renewOne(id: MediaId): Promise<void> {
    try {
      const item = await this.#deps.item(id)
      this.patch(id, { delivery: item.delivery, likeCount: item.likeCount })
    } catch (error) {
      if (!isRefusedWith(error, 'not_found')) throw error
      this.takeAway([id])
    }
  }
}
