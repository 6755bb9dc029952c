// Runs the reader of films and sounds in a process of its own, for what no library call can promise: an end (its
// parser spins for ever on some hostile files) and survival (a crash in native code would take the whole Lambda with
// it). The reader has no credentials and no network of ours: it asks here for every range of bytes. One file at a time.
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { accept, refuse } from '@shoebox/shared/result.ts'
import type {
  MediaFacts,
  CoverArt,
  Frame,
  MediaVerdict,
  ReaderMessage,
  ReaderRequest,
  ReadJob,
} from './media-reading.ts'
import type { FetchRange } from './block-source.ts'

export type ReaderOptions = {
  /** The module to run. Bundlers move it: whoever wires the Lambda says where it lies. */
  readonly entry: URL
  /** All that the reader's process is told of the world: nothing that opens anything. */
  readonly env: Readonly<Record<string, string>>
  /** From one sign of life to the next. A stage is over when the reader says so; asking for bytes does not count. */
  readonly deadlineMs?: Partial<Deadlines>
}

type Deadlines = { readonly facts: number; readonly frame: number; readonly peaks: number }

const defaultDeadlines: Deadlines = { facts: 15_000, frame: 15_000, peaks: 150_000 }

export type MediaReader = {
  /** Reads one file. Throws only when its bytes cannot be fetched: that is a fault of the store, not of the file. */
  read(job: ReadJob, fetchRange: FetchRange): Promise<MediaVerdict>
  /** Loads the decoder before the first file comes. */
  warmUp(): void
  stop(): void
}

/** How often one file may crash the reader before the file is to blame and not the machine. */
const crashesMax = 2

export function createReader({ entry, env, deadlineMs }: ReaderOptions): MediaReader {
  const deadlines = { ...defaultDeadlines, ...deadlineMs }
  let child: ChildProcess | null = null
  let queue: Promise<unknown> = Promise.resolve()

  const runningChild = (): ChildProcess => {
    if (child !== null && child.exitCode === null && child.signalCode === null && child.connected) return child
    child = startChild(entry, env)
    return child
  }

  async function readAlone(job: ReadJob, fetchRange: FetchRange): Promise<MediaVerdict> {
    for (let crashes = 0; crashes < crashesMax; crashes += 1) {
      const verdict = await new Reading(runningChild(), job, fetchRange, deadlines).run()
      if (verdict !== 'crashed') return verdict
    }
    return refuse({ reason: 'media_damaged', detail: 'crashed the reader' })
  }

  return {
    read(job, fetchRange) {
      const result = queue.then(() => readAlone(job, fetchRange))
      queue = result.catch(() => {})
      return result
    },
    warmUp: () => void runningChild(),
    stop: () => void child?.kill('SIGKILL'),
  }
}

function startChild(entry: URL, env: ReaderOptions['env']): ChildProcess {
  const child = spawn(process.execPath, ['--max-old-space-size=768', fileURLToPath(entry)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    env,
  })
  child.on('error', () => {})
  // An idle reader must not keep this process from ending.
  child.unref()
  child.channel?.unref()
  return child
}

/** One file through one reader: answers its questions, gathers what it finds, and ends it when it is overdue. */
class Reading {
  readonly #child: ChildProcess
  readonly #job: ReadJob
  readonly #fetchRange: FetchRange
  readonly #deadlines: Deadlines
  readonly #settled = Promise.withResolvers<MediaVerdict | 'crashed'>()
  #timer: NodeJS.Timeout | undefined
  #facts: MediaFacts | null = null
  #cover: CoverArt | null = null
  #frame: Frame | null = null
  #peaks: readonly number[] | null = null
  readonly #cost = { bytes: 0, reads: 0 }
  readonly #notes: string[] = []

  constructor(child: ChildProcess, job: ReadJob, fetchRange: FetchRange, deadlines: Deadlines) {
    this.#child = child
    this.#job = job
    this.#fetchRange = fetchRange
    this.#deadlines = deadlines
  }

  async run(): Promise<MediaVerdict | 'crashed'> {
    const child = this.#child
    child.ref()
    child.channel?.ref()
    child.on('message', this.#hear)
    child.once('exit', this.#notice)
    this.#expect(this.#deadlines.facts)
    this.#send({ job: this.#job })
    try {
      return await this.#settled.promise
    } finally {
      clearTimeout(this.#timer)
      child.off('message', this.#hear)
      child.off('exit', this.#notice)
      child.unref()
      child.channel?.unref()
    }
  }

  readonly #hear = (message: ReaderMessage): void => {
    if ('ask' in message) return void this.#answer(message)
    switch (message.stage) {
      case 'facts':
        this.#facts = message.facts
        this.#cover = message.cover
        return this.#expect(message.facts.video === null ? this.#deadlines.peaks : this.#deadlines.frame)
      case 'frame':
        this.#frame = message.frame
        return this.#note(message.note)
      case 'peaks':
        this.#peaks = message.peaks
        if (this.#facts !== null && message.durationMs !== null)
          this.#facts = { ...this.#facts, durationMs: message.durationMs }
        return this.#note(message.note)
      case 'refused':
        return this.#settled.resolve(refuse(message.refusal))
      case 'fault':
        this.#child.kill('SIGKILL')
        return this.#settled.reject(new Error(`reader: ${message.message}`))
      case 'done':
        return this.#finish()
    }
  }

  async #answer({ ask, start, end }: { ask: number; start: number; end: number }): Promise<void> {
    try {
      const bytes = await this.#fetchRange(start, end)
      this.#cost.bytes += bytes.length
      this.#cost.reads += 1
      this.#send({ answer: ask, bytes })
    } catch (error) {
      // The reader waits for bytes that will not come: it cannot be used again.
      this.#child.kill('SIGKILL')
      this.#settled.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }

  readonly #notice = (): void => {
    // What was found before the crash stands; only a reader that had found nothing is asked again.
    if (this.#facts === null) return this.#settled.resolve('crashed')
    this.#note('crashed the reader')
    this.#finish()
  }

  #expect(withinMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#child.kill('SIGKILL')
      this.#note(`nothing within ${withinMs} ms`)
      if (this.#facts !== null) return this.#finish()
      this.#settled.resolve(refuse({ reason: 'media_damaged', detail: `nothing found within ${withinMs} ms` }))
    }, withinMs)
  }

  #note(note: string | undefined): void {
    if (note !== undefined) this.#notes.push(note)
  }

  #finish(): void {
    if (this.#facts === null) return this.#settled.reject(new Error('the reader finished without a word'))
    this.#settled.resolve(
      accept({
        facts: this.#facts,
        cover: this.#cover,
        frame: this.#frame,
        peaks: this.#peaks,
        cost: this.#cost,
        notes: this.#notes,
      }),
    )
  }

  #send(request: ReaderRequest): void {
    this.#child.send(request, () => {})
  }
}
