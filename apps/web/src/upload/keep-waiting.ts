// Keeps files that wait for a network, so that they are sent though this page is closed, locked away or killed: while it
// is open the page sends them itself. Told of everything the queue does; see kept-files.ts for who may send what.
import type { Id } from '@shoebox/shared/ids.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { isKeepable, type KeptFile } from './kept-files.ts'
import { isOverLimit } from './may-retry.ts'
import { Shot } from './shot.ts'
import { isBroken, isHere, type UploadItem } from './upload-item.ts'

export type KeepDeps = {
  /** The number it is kept under; null when there is no room. Rejects where only this file is to blame. */
  readonly keep: (wish: Omit<KeptFile, 'id' | 'language'>) => Promise<number | null>
  readonly note: (id: number, mediaId: MediaId | null) => Promise<unknown>
  readonly drop: (id: number) => Promise<unknown>
  readonly dropOthers: (userId: Id<'user'>) => Promise<unknown>
  /** The numbers of all that is kept. */
  readonly listIds: () => Promise<readonly number[]>
  /** What this person left and nobody alive sends. */
  readonly take: (userId: Id<'user'>) => Promise<readonly KeptFile[]>
  /** No network, or nobody looks: the page may be gone before it has sent what is added now. */
  readonly isThreatened: () => boolean
  /** Asks the browser to wake the service worker once there is a network. */
  readonly askForSync: () => Promise<unknown>
  readonly goOn: (kept: readonly KeptFile[]) => void
  /** How many files leaving the page would not lose. */
  readonly onKept: (count: number) => void
}

/** Goes on by itself: only this page has its bytes, or it has failed for want of a network. */
const isAtRisk = (item: UploadItem): boolean => isHere(item.state) || isBroken(item)

/** What waits for a limit to pass can be chosen again, unless it is a shot. */
const isToKeep = (item: UploadItem): boolean => isAtRisk(item) || item.file instanceof Shot

/** Of one file. Its number is null until it is written, and for good where it found no room or cannot be read. */
type Copy = { readonly writing: Promise<number | null>; id: number | null }

export class KeepWaiting {
  readonly #deps: KeepDeps
  /** What goes on by itself, or waits for a limit to pass. */
  readonly #unsent = new Map<number, UploadItem>()
  readonly #copies = new Map<number, Copy>()
  /** Files that were taken over, with the number they are kept under. */
  readonly #taken = new WeakMap<File, number>()
  /** The smallest that found no room. Each question reads all that is kept, so none is asked for what is as large. */
  #tooLargeBytes = Number.POSITIVE_INFINITY
  /** Who is signed in, or was last. */
  #userId: Id<'user'> | null = null
  #isOpen = false
  #line: Promise<unknown> = Promise.resolve()

  constructor(deps: KeepDeps) {
    this.#deps = deps
  }

  onAdded(added: readonly UploadItem[]): void {
    for (const item of added) {
      const id = this.#taken.get(item.file)
      if (id !== undefined) this.#copies.set(item.key, { writing: Promise.resolve(id), id })
      this.#follow(item)
    }
    this.#tell()
    if (this.#deps.isThreatened()) this.keepAll()
  }

  onChanged(after: UploadItem, before: UploadItem): void {
    if (after.state === before.state) return
    this.#follow(after)
    this.#tell()
    if (after.state === 'failed') this.keepAll()
    if (isOverLimit(after)) this.#keep(after)
    if (after.mediaId !== before.mediaId) void this.#note(after).catch(() => undefined)
  }

  /** The network is gone or poor, or the page may be about to: everything that fits is kept. */
  keepAll(): void {
    for (const item of this.#unsent.values()) this.#keep(item)
    void this.#line.then(() => (this.#hasForWorker() ? this.#deps.askForSync() : undefined)).catch(() => undefined)
  }

  /** Somebody is signed in: what they left goes on, in this page. */
  async open(userId: Id<'user'>): Promise<void> {
    this.#userId = userId
    this.#isOpen = true
    await this.#deps.dropOthers(userId)
    await this.#forgetLost()
    await this.takeOver()
  }

  /** Goes on with what a page that has closed left. */
  async takeOver(): Promise<void> {
    const userId = this.#userId
    if (userId === null || !this.#isOpen) return
    // Other pages may have made room.
    this.#tooLargeBytes = Number.POSITIVE_INFINITY
    const taken = await this.#deps.take(userId)
    // Somebody else may have come meanwhile. Where the same person only has to sign in again, the queue waits for that.
    if (this.#userId !== userId || taken.length === 0) return
    for (const { file, id } of taken) this.#taken.set(file, id)
    this.#deps.goOn(taken)
  }

  /** Nobody is any more, so nobody sends what is kept. */
  close(): void {
    this.#isOpen = false
    this.#tell()
  }

  /** Not what waits for a limit, which it would only be refused; but also what this page cannot read any more. */
  #hasForWorker(): boolean {
    const kept = [...this.#copies.keys()].map((key) => this.#unsent.get(key))
    return kept.some((item) => item === undefined || isAtRisk(item))
  }

  #tell() {
    const written = [...this.#copies].flatMap(([key, { id }]) => (id === null ? [] : [this.#unsent.get(key)]))
    const count = written.filter((item) => item !== undefined && isAtRisk(item)).length
    this.#deps.onKept(this.#isOpen ? count : 0)
  }

  /** Whoever signed out has deleted what this page kept; a session that only ended has not. */
  async #forgetLost() {
    const before = [...this.#copies].flatMap(([key, copy]) => (copy.id === null ? [] : [{ key, copy, id: copy.id }]))
    if (before.length === 0) return
    const ids = new Set(await this.#deps.listIds())
    for (const { key, copy, id } of before) if (!ids.has(id) && this.#copies.get(key) === copy) this.#copies.delete(key)
    this.#tell()
  }

  #follow(item: UploadItem) {
    if (isAtRisk(item) || isOverLimit(item)) return void this.#unsent.set(item.key, item)
    this.#unsent.delete(item.key)
    // What cannot be read any more, a card that was pulled, the copy may be all there is of.
    if (item.state !== 'failed') void this.#drop(item.key).catch(() => undefined)
  }

  /** One after another: thousands of files are not read at once. */
  #keep({ key, file }: UploadItem) {
    if (this.#copies.has(key) || !isKeepable(file)) return
    const copy: Copy = { writing: this.#line.then(() => this.#write(key)).catch(() => null), id: null }
    this.#copies.set(key, copy)
    this.#line = copy.writing.then((id) => {
      copy.id = id
      // What found no room may find some later.
      if (id === null && this.#copies.get(key) === copy) this.#copies.delete(key)
      if (id !== null) this.#tell()
    })
  }

  async #write(key: number): Promise<number | null> {
    const item = this.#unsent.get(key)
    if (item === undefined || !isToKeep(item) || this.#userId === null || !this.#isOpen) return null
    const { file, destination, mediaId, allowDuplicate } = item
    if (file.size >= this.#tooLargeBytes) return null
    const id = await this.#deps.keep({ userId: this.#userId, file, destination, mediaId, allowDuplicate })
    if (id === null) this.#tooLargeBytes = file.size
    return id
  }

  async #note({ key, mediaId }: UploadItem) {
    const id = (await this.#copies.get(key)?.writing) ?? null
    if (id !== null) await this.#deps.note(id, mediaId)
  }

  async #drop(key: number) {
    const copy = this.#copies.get(key)
    if (copy === undefined) return
    this.#copies.delete(key)
    const id = await copy.writing
    if (id === null) return
    await this.#deps.drop(id)
    this.#tooLargeBytes = Number.POSITIVE_INFINITY
  }
}
