// The feed in memory, for the whole visit: what is loaded, what is new but not yet shown, whose signatures run out.
// Item objects stay the same from first load to last: rebuilt ones would lose focus, loaded pictures and scroll place.
import { batch, createSignal } from 'solid-js'
import { createStore, produce } from 'solid-js/store'
import { isRefusedWith } from '../api/refusal.ts'
import { compareNewest, isExpiring, mergeItems, type FeedItem, type FeedPage, type MediaId } from './feed-item.ts'
import type { Shelf } from './shelf.ts'

export type FeedDeps = {
  readonly page: (cursor: string | null) => Promise<FeedPage>
  readonly item: (id: MediaId) => Promise<FeedItem>
  readonly nowMs: () => number
  /** The address of the list; of the public feed where there is none. */
  readonly href?: string
}

/** What is newer than a cursor, as `feed.since` and its stream tell it. */
export type Arrivals = {
  readonly items: readonly FeedItem[]
  readonly sinceCursor: string
  readonly isComplete: boolean
}

export type Loading = 'idle' | 'loading' | 'failed' | 'end'

/** This near to the end of what is loaded, an opened item asks for the next page. */
const aheadMin = 6

export class Feed implements Shelf {
  readonly #deps: FeedDeps
  readonly #state = createStore<{ items: FeedItem[] }>({ items: [] })
  readonly #first = createSignal<'loading' | 'ready' | 'failed'>('loading')
  readonly #more = createSignal<Loading>('idle')
  readonly #incoming = createSignal<readonly FeedItem[]>([])
  readonly #reorders = createSignal(0)
  /** Opened by their address, and further down than the list has come. */
  readonly #strays = createStore<Record<MediaId, FeedItem>>({})
  readonly #failure = createSignal<unknown>(null)
  readonly #places = new Map<MediaId, number>()
  /** The cursor that brought an item: asked again, it brings new signatures for the whole page. */
  readonly #cursors = new Map<MediaId, string | null>()
  readonly #renewals = new Map<string | null, Promise<void>>()
  readonly #listeners = new Set<(items: readonly FeedItem[]) => void>()
  /** Owners whose items are not taken, whichever answer still brings them. */
  readonly #leftOut = new Set<FeedItem['owner']['id']>()
  /** What was asked for before the list began anew is not taken. */
  #generation = 0
  #nextCursor: string | null = null
  #sinceCursor: string | null = null
  #firstLoad: Promise<void> | null = null
  #restart: FeedPage | null = null

  constructor(deps: FeedDeps) {
    this.#deps = deps
  }

  readonly items = () => this.#state[0].items
  readonly first = () => this.#first[0]()
  readonly more = () => this.#more[0]()
  readonly failure = () => this.#failure[0]()
  /** What is new and waits to be shown. */
  readonly incoming = () => this.#incoming[0]()
  /** Grows when the order before the end changes; appending leaves it alone, so that a layout can be extended. */
  readonly reorders = () => this.#reorders[0]()

  placeOf(id: MediaId): number {
    return this.#places.get(id) ?? -1
  }

  readonly hrefOf = (id: MediaId): string => `${this.#deps.href ?? ''}/p/${id}`
  readonly href = (): string => this.#deps.href ?? '/'
  readonly isSettled = (): boolean => this.first() !== 'loading'

  find(id: MediaId): FeedItem | undefined {
    this.#followOrder()
    return this.#state[0].items[this.placeOf(id)] ?? this.#strays[0][id]
  }

  patch(id: MediaId, change: Partial<FeedItem>): void {
    const place = this.#places.get(id)
    if (place !== undefined) this.#state[1]('items', place, change)
    else if (id in this.#strays[0]) this.#strays[1](id, change)
  }

  beside(id: MediaId, by: 1 | -1): FeedItem | undefined {
    this.#followOrder()
    const place = this.placeOf(id)
    return place < 0 ? undefined : this.#state[0].items[place + by]
  }

  lookAround(id: MediaId): void {
    const place = this.placeOf(id)
    if (place >= 0 && place > this.items().length - aheadMin && this.more() === 'idle') void this.loadMore()
  }

  async ask(id: MediaId): Promise<void> {
    const item = await this.#deps.item(id)
    this.#strays[1](id, item)
    for (const tell of this.#listeners) tell([item])
  }

  /** Places are no signals: whoever reads one hears of it here when it may be another. */
  #followOrder(): void {
    this.reorders()
    void this.items().length
  }

  /** Calls back with items as they join the list, and at once with those already there. */
  onAdded(tell: (items: readonly FeedItem[]) => void): () => void {
    this.#listeners.add(tell)
    if (this.items().length > 0) tell(this.items())
    return () => this.#listeners.delete(tell)
  }

  loadFirst(): Promise<void> {
    if (this.#firstLoad !== null) return this.#firstLoad
    this.#first[1]('loading')
    const generation = this.#generation
    const load = this.#deps.page(null).then(
      (page) => {
        if (generation !== this.#generation) return
        batch(() => {
          this.#sinceCursor = page.sinceCursor
          this.#take(page, null)
          this.#first[1]('ready')
        })
      },
      (error: unknown) => {
        if (generation !== this.#generation) return
        batch(() => {
          this.#firstLoad = null
          this.#failure[1](error)
          this.#first[1]('failed')
        })
      },
    )
    this.#firstLoad = load
    return load
  }

  async loadMore(): Promise<void> {
    const cursor = this.#nextCursor
    if (cursor === null || this.more() === 'loading') return
    this.#more[1]('loading')
    const generation = this.#generation
    try {
      const page = await this.#deps.page(cursor)
      if (generation === this.#generation) batch(() => this.#take(page, cursor))
    } catch (error) {
      if (generation !== this.#generation) return
      batch(() => {
        this.#failure[1](error)
        this.#more[1]('failed')
      })
    }
  }

  /** Where the list stands: what is newer has not been heard of. Null before the first page. */
  get sinceCursor(): string | null {
    return this.#sinceCursor
  }

  /** Takes what is new. `show` puts it in place at once; otherwise it waits for showIncoming(). Returns how many came. */
  async takeNew(answer: Arrivals, show: boolean): Promise<number> {
    // More is new than one answer carries: begin again at the first page, or a gap would stay in the list.
    if (!answer.isComplete) this.#restart = await this.#deps.page(null)
    this.#sinceCursor = answer.isComplete ? answer.sinceCursor : (this.#restart?.sinceCursor ?? answer.sinceCursor)
    const arrivals = answer.isComplete ? answer.items : (this.#restart?.items ?? [])
    return batch(() => {
      for (const item of arrivals) this.patch(item.id, { likeCount: item.likeCount, delivery: item.delivery })
      const waitingBefore = this.incoming().length
      const fresh = arrivals.filter((item) => !this.#places.has(item.id) && !this.#leftOut.has(item.owner.id))
      this.#incoming[1]((waiting) => mergeItems(waiting, fresh))
      const came = this.incoming().length - waitingBefore
      if (show && came > 0) this.showIncoming()
      return came
    })
  }

  /** Takes everything of one owner out, for as long as the list is not begun anew. */
  leaveOut(ownerId: FeedItem['owner']['id']): void {
    const stays = (item: FeedItem | undefined) => item?.owner.id !== ownerId
    this.#leftOut.add(ownerId)
    batch(() => {
      this.#incoming[1]((waiting) => waiting.filter(stays))
      this.#keepOnly(stays)
    })
  }

  /** Begins anew: for another viewer, or for one who meets somebody again. Does nothing before anything was asked for. */
  restart(): Promise<void> {
    if (this.#firstLoad === null && this.first() === 'loading') return Promise.resolve()
    this.#generation += 1
    this.#firstLoad = null
    this.#restart = null
    this.#sinceCursor = null
    this.#leftOut.clear()
    batch(() => {
      this.#incoming[1]([])
      this.#keepOnly(() => false)
    })
    return this.loadFirst()
  }

  showIncoming(): void {
    batch(() => {
      if (this.#restart !== null) {
        this.#keepOnly(() => false)
        this.#take(this.#restart, null)
        this.#restart = null
      }
      this.insert(this.incoming())
      this.#incoming[1]([])
    })
  }

  /** Puts items in their place; those already there stay as they are. An upload may lie in the trash by now. */
  insert(arrivals: readonly FeedItem[]): void {
    const [state, setState] = this.#state
    const fresh = arrivals.filter(
      (item) => !this.#places.has(item.id) && !this.#leftOut.has(item.owner.id) && item.isTrashed !== true,
    )
    if (fresh.length === 0) return
    batch(() => {
      const length = state.items.length
      const last = state.items.at(-1)
      const isAppend = last === undefined || fresh.every((item) => compareNewest(last, item) < 0)
      if (isAppend)
        setState(
          'items',
          produce((items) => items.push(...fresh)),
        )
      else {
        setState('items', (items) => mergeItems(items, fresh))
        this.#reorders[1]((count) => count + 1)
      }
      this.#index(isAppend ? length : 0)
    })
    for (const tell of this.#listeners) tell(fresh)
  }

  /** Gets a new signature for an item, and with it for all of its page. */
  async renew(id: MediaId): Promise<void> {
    const cursor = this.#cursors.get(id)
    const isDue = () => {
      const item = this.find(id)
      return item !== undefined && isExpiring(item, this.#deps.nowMs())
    }
    if (cursor === undefined || !isDue()) return this.#renewOne(id)
    const running = this.#renewals.get(cursor) ?? this.#renewPage(cursor)
    this.#renewals.set(cursor, running)
    await running
    if (isDue()) await this.#renewOne(id)
  }

  async #renewPage(cursor: string | null) {
    try {
      const page = await this.#deps.page(cursor)
      batch(() => page.items.forEach((item) => this.patch(item.id, { delivery: item.delivery })))
    } finally {
      this.#renewals.delete(cursor)
    }
  }

  async #renewOne(id: MediaId) {
    try {
      const item = await this.#deps.item(id)
      this.patch(id, { delivery: item.delivery, likeCount: item.likeCount })
    } catch (error) {
      if (!isRefusedWith(error, 'not_found')) throw error
      this.#keepOnly((item) => item?.id !== id)
    }
  }

  #keepOnly(stays: (item: FeedItem | undefined) => boolean) {
    const [strays, setStrays] = this.#strays
    batch(() => {
      for (const [id, item] of Object.entries(strays)) if (!stays(item)) setStrays({ [id]: undefined })
      this.#state[1]('items', (items) => items.filter(stays))
      this.#places.clear()
      this.#index(0)
      this.#reorders[1]((count) => count + 1)
    })
  }

  #take(page: FeedPage, cursor: string | null) {
    for (const item of page.items) this.#cursors.set(item.id, cursor)
    this.insert(page.items)
    this.#nextCursor = page.nextCursor
    this.#more[1](page.nextCursor === null ? 'end' : 'idle')
  }

  #index(from: number) {
    const { items } = this.#state[0]
    for (let i = from; i < items.length; i += 1) {
      const item = items[i]
      if (item !== undefined) this.#places.set(item.id, i)
    }
  }
}
