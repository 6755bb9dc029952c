// The bulk downloads of whoever is signed in: what is planned, what is saved, and what somebody does about it. Parts go
// one after the other, each a download of the browser. What is done in a worker is known from the journal and the locks.
import { createSignal, onCleanup } from 'solid-js'
import type { UserId } from '@shoebox/shared/ids.ts'
import {
  lockOf,
  progressChannel,
  type Part,
  type PartCommand,
  type PartKey,
  type PartProgress,
} from './download-part.ts'
import type { DownloadRequest } from './download-requests.ts'
import { nameZip } from './name-files.ts'
import type { PartJournal } from './part-journal.ts'
import { sumBytes } from './plan-parts.ts'
import type { PartOutcome } from './stream-part.ts'

type Order = PartCommand['command']

/** What it takes a browser to do; see save-parts.ts. */
export type PartSaver = {
  /** False: there is no service worker, and parts are saved in the page if they are small. */
  readonly hasWorker: () => Promise<boolean>
  readonly isHeld: (key: PartKey) => Promise<boolean>
  /** Has the worker save the part. False: `isBegun` never became true. */
  readonly begin: (key: PartKey, isBegun: () => Promise<boolean>) => Promise<boolean>
  /** Resolves when the worker has ended with the part, one way or another. */
  readonly awaitEnd: (key: PartKey) => Promise<void>
  readonly order: (key: PartKey, order: Order) => void
  readonly saveInPage: (part: Part) => Promise<PartOutcome>
  readonly inPageBytesMax: number
}

export type DownloadsDeps = {
  readonly userId: UserId
  readonly saver: PartSaver
  readonly journal: PartJournal
  /** Empty: there is nothing to download. */
  readonly plan: (request: DownloadRequest, onFound: (count: number) => void, signal: AbortSignal) => Promise<Part[]>
  readonly onRefused: (reason: 'empty' | 'too_large') => void
  readonly onFailed: (error: unknown) => void
}

/** `starting`: the browser was asked to save it. `not_started`: it did not. Known to this page alone. */
type PageState = 'starting' | 'paused' | 'not_started'
export type ShownState = Part['state'] | PageState

const isSame = (a: PartKey, b: PartKey) => a.downloadId === b.downloadId && a.number === b.number

/** Must be made inside a reactive root. */
export class Downloads {
  readonly #deps: DownloadsDeps
  readonly #parts = createSignal<readonly Part[]>([])
  readonly #preparing = createSignal<{ readonly title: string; readonly found: number } | null>(null)
  /** Both by the name of the part's lock. */
  readonly #progress = createSignal<Readonly<Record<string, PartProgress>>>({})
  readonly #pageStates = createSignal<Readonly<Record<string, PageState | undefined>>>({})
  #planning = new AbortController()

  constructor(deps: DownloadsDeps) {
    this.#deps = deps
    const channel = new BroadcastChannel(progressChannel)
    channel.addEventListener('message', ({ data }: MessageEvent<PartProgress>) => this.#tell(data))
    onCleanup(() => channel.close())
  }

  readonly parts = () => this.#parts[0]()
  readonly preparing = () => this.#preparing[0]()
  readonly stateOf = (part: Part): ShownState => this.#pageStates[0]()[lockOf(part)] ?? part.state
  readonly progressOf = (part: Part): PartProgress | undefined => this.#progress[0]()[lockOf(part)]
  readonly isSaving = () => this.parts().some((part) => ['running', 'starting', 'paused'].includes(this.stateOf(part)))

  /** Shows what is there from before a reload, and goes on watching what is still being saved. */
  async read(): Promise<void> {
    const { journal, saver } = this.#deps
    for (const part of await this.#list()) {
      if (part.state !== 'running') continue
      if (await saver.isHeld(part)) void this.#follow(part)
      else await journal.change(part, { state: 'broken' })
    }
    this.#parts[1](await this.#list())
  }

  /** Empty where nothing can be kept. */
  readonly #list = (): Promise<readonly Part[]> => this.#deps.journal.list(this.#deps.userId).catch(() => [])

  async begin(request: DownloadRequest): Promise<void> {
    const { plan, saver, onRefused, onFailed } = this.#deps
    this.#planning = new AbortController()
    const { signal } = this.#planning
    const onFound = (found: number) => this.#preparing[1]({ title: request.title, found })
    onFound(0)
    try {
      const planned = await plan(request, onFound, signal)
      signal.throwIfAborted()
      if (planned.length === 0) return onRefused('empty')
      const isTooLarge = planned.some(({ bytes }) => bytes > saver.inPageBytesMax)
      if (isTooLarge && !(await saver.hasWorker())) return onRefused('too_large')
      await this.#add(planned)
      void this.#goOn(planned[0]?.downloadId)
    } catch (error) {
      if (!signal.aborted) onFailed(error)
    } finally {
      this.#preparing[1](null)
    }
  }

  stopPreparing = (): void => this.#planning.abort()

  save = (part: Part): void => void this.#save(part)

  pause(part: Part): void {
    this.#mark(part, 'paused')
    this.#deps.saver.order(part, 'pause')
  }

  resume(part: Part): void {
    this.#mark(part, undefined)
    this.#deps.saver.order(part, 'resume')
  }

  /** Saves what is missing in a part as a part of its own. */
  async retryMissing(part: Part): Promise<void> {
    const names = new Set(part.failures.map(({ name }) => name))
    const files = part.files.filter(({ name }) => names.has(name)).map(({ refusal: _, ...file }) => file)
    const siblings = this.parts().filter(({ downloadId }) => downloadId === part.downloadId)
    const number = Math.max(...siblings.map((sibling) => sibling.number)) + 1
    const fileName = nameZip(part.title, number)
    const again: Part = { ...part, number, fileName, files, bytes: sumBytes(files), state: 'waiting', failures: [] }
    await this.#change(part, { failures: [] })
    await this.#add([again])
    await this.#save(again)
  }

  /** Stops what is being saved of it, and forgets it. What is saved already stays where it is. */
  async drop(downloadId: string): Promise<void> {
    const dropped = this.parts().filter((part) => part.downloadId === downloadId)
    this.#parts[1]((all) => all.filter((part) => part.downloadId !== downloadId))
    await this.#deps.journal.remove(downloadId).catch(() => undefined)
    for (const part of dropped) this.#deps.saver.order(part, 'stop')
  }

  /** Leaves nothing behind: on a shared computer the next person must not find even names. */
  forget(): void {
    this.#planning.abort()
    for (const downloadId of new Set(this.parts().map((part) => part.downloadId))) void this.drop(downloadId)
  }

  #tell(progress: PartProgress): void {
    this.#progress[1]((known) => ({ ...known, [lockOf(progress)]: progress }))
  }

  #mark(key: PartKey, state: PageState | undefined): void {
    this.#pageStates[1]((known) => ({ ...known, [lockOf(key)]: state }))
  }

  /** Without a worker nothing outlives the page, and nothing is kept. */
  async #add(parts: readonly Part[]): Promise<void> {
    if (await this.#deps.saver.hasWorker()) await this.#deps.journal.write(parts)
    this.#parts[1]((all) => [...all, ...parts])
  }

  async #change(part: Part, change: Partial<Part>): Promise<void> {
    this.#parts[1]((all) => all.map((other) => (isSame(other, part) ? { ...other, ...change } : other)))
    if (await this.#deps.saver.hasWorker()) await this.#deps.journal.change(part, change)
  }

  async #save(part: Part): Promise<void> {
    const { saver, journal } = this.#deps
    this.#tell({ downloadId: part.downloadId, number: part.number, savedBytes: 0, isOffline: false })
    this.#mark(part, 'starting')
    if (!(await saver.hasWorker())) return await this.#saveInPage(part)
    // The worker notes that it began: a small part is saved before anybody could see it being saved. Another tab may be
    // beginning it as well; the worker takes one of them.
    if (part.state !== 'waiting') await journal.change(part, { state: 'waiting' })
    const isBegun = await saver.begin(part, async () => (await journal.find(part))?.state !== 'waiting')
    this.#mark(part, isBegun ? undefined : 'not_started')
    if (!isBegun) return
    this.#parts[1]((all) => all.map((other) => (isSame(other, part) ? { ...other, state: 'running' } : other)))
    await this.#follow(part)
  }

  async #follow(key: PartKey): Promise<void> {
    const { saver, journal } = this.#deps
    await saver.awaitEnd(key)
    const part = await journal.find(key)
    // A worker that ended without a word did not finish.
    if (part?.state === 'running') await journal.change(key, { state: 'broken' })
    this.#parts[1](await this.#list())
    this.#mark(key, undefined)
    if (part?.state === 'done') await this.#goOn(key.downloadId)
  }

  async #saveInPage(part: Part): Promise<void> {
    await this.#change(part, { state: 'running', failures: [] })
    this.#mark(part, undefined)
    try {
      const { failures, rest } = await this.#deps.saver.saveInPage(part)
      const left = rest.map(({ mediaId, name }) => ({ mediaId, name, reason: 'unreadable', bytesInZip: 0 }) as const)
      await this.#change(part, { state: 'done', failures: [...failures, ...left] })
    } catch {
      return await this.#change(part, { state: 'broken' })
    }
    await this.#goOn(part.downloadId)
  }

  async #goOn(downloadId: string | undefined): Promise<void> {
    const next = this.parts().find((part) => part.downloadId === downloadId && part.state === 'waiting')
    if (next !== undefined) await this.#save(next)
  }
}
