// One file through one reader: answers its questions, gathers what it finds stage by stage, and ends it when it is
// overdue. What was found before a crash or a deadline stands; without any facts the file is refused or tried again.
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { accept, refuse } from '@shoebox/shared/result.ts'
import type { FetchRange } from './block-source.ts'
import type {
  CoverArt,
  Frame,
  MediaFacts,
  MediaReading,
  MediaVerdict,
  ReaderMessage,
  ReaderRequest,
  ReadJob,
} from './media-reading.ts'

/**
 * How long each stage may take, in milliseconds, fetching included; and how much processor time the reader may spend
 * before it knows what a file is, and so much for each 20 KB of a sound: waiting for S3 or for a busy machine is not the file's fault.
 * Nor is what was not done in time because one fetch took as long as `fetch`: that is thrown, and the file read again.
 */
export type StageDeadlines = {
  readonly facts: number
  readonly frame: number
  readonly captions: number
  readonly peaks: number
  readonly thinking: number
  readonly fetch: number
}

/** `brokenBy`: the signal or code that ended the reader, or `its deadline` when it had to be ended, before it knew anything. */
export type ReadingEnd = { readonly verdict: MediaVerdict } | { readonly brokenBy: string }

type Found = {
  facts: MediaFacts | null
  cover: CoverArt | null
  frame: Frame | null
  peaks: readonly number[] | null
  captions: MediaReading['captions']
  readonly cost: { bytes: number; reads: number }
  readonly notes: string[]
}

/** Throws when the bytes cannot be fetched, and when the reader says that it is itself at fault. */
export async function runReading(
  child: ChildProcess,
  job: ReadJob,
  fetchRange: FetchRange,
  deadlines: StageDeadlines,
): Promise<ReadingEnd> {
  const reading = new Reading(child, fetchRange, deadlines)
  child.on('message', reading.hear)
  child.once('exit', reading.noticeExit)
  try {
    return await reading.run(job)
  } finally {
    reading.stopClock()
    child.off('message', reading.hear)
    child.off('exit', reading.noticeExit)
  }
}

class Reading {
  readonly #child: ChildProcess
  readonly #fetchRange: FetchRange
  readonly #deadlines: StageDeadlines
  readonly #end = Promise.withResolvers<ReadingEnd>()
  readonly #found: Found = {
    facts: null,
    cover: null,
    frame: null,
    peaks: null,
    captions: [],
    cost: { bytes: 0, reads: 0 },
    notes: [],
  }
  #isFetchSlow = false
  #bytes = 0
  #timer: NodeJS.Timeout | undefined
  #thinking: NodeJS.Timeout | undefined

  constructor(child: ChildProcess, fetchRange: FetchRange, deadlines: StageDeadlines) {
    this.#child = child
    this.#fetchRange = fetchRange
    this.#deadlines = deadlines
  }

  run(job: ReadJob): Promise<ReadingEnd> {
    this.#bytes = job.bytes
    this.#expect(this.#deadlines.facts)
    // What the first parser gives up on early costs only the time of the second.
    this.#limitThinking(this.#deadlines.thinking * (job.isSecondTry === true ? 2 : 1))
    this.#send({ job })
    return this.#end.promise
  }

  stopClock(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#thinking)
  }

  readonly hear = (message: ReaderMessage): void => {
    const found = this.#found
    if ('ask' in message) return void this.#answer(message)
    switch (message.stage) {
      case 'ready':
        return
      case 'facts':
        found.facts = message.facts
        found.cover = message.cover
        clearInterval(this.#thinking)
        if (message.facts.video !== null) return this.#expect(this.#deadlines.frame)
        this.#limitThinking(this.#deadlines.thinking * soundThinking(this.#bytes))
        return this.#expect(this.#deadlines.peaks)
      case 'frame':
        found.frame = message.frame
        this.#expect(this.#deadlines.captions)
        return this.#note(message.note)
      case 'captions':
        found.captions = message.captions
        return this.#note(message.note)
      case 'peaks':
        found.peaks = message.peaks
        if (found.facts !== null && message.durationMs !== null)
          found.facts = { ...found.facts, durationMs: message.durationMs }
        return this.#note(message.note)
      case 'refused':
        return this.#end.resolve({ verdict: refuse(message.refusal) })
      case 'fault':
        return this.#fail(new Error(`reader: ${message.message}`))
      case 'done':
        return this.#finish()
    }
  }

  readonly noticeExit = (code: number | null, signal: string | null): void => {
    if (this.#found.facts === null) return this.#end.resolve({ brokenBy: signal ?? `exit ${code}` })
    this.#note(`crashed the reader (${signal ?? code})`)
    this.#finish()
  }

  async #answer({ ask, start, end }: { ask: number; start: number; end: number }): Promise<void> {
    const timer = setTimeout(() => {
      this.#isFetchSlow = true
    }, this.#deadlines.fetch)
    try {
      const bytes = await this.#fetchRange(start, end)
      this.#found.cost.bytes += bytes.length
      this.#found.cost.reads += 1
      this.#send({ answer: ask, bytes })
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
    } finally {
      clearTimeout(timer)
    }
  }

  /** The reader is in an unknown state, or waits for bytes that will not come: it cannot be used again. */
  #fail(error: Error): void {
    this.#end.reject(error)
    this.#child.kill('SIGKILL')
  }

  #expect(withinMs: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.#isFetchSlow) this.#fail(new Error(`nothing within ${withinMs} ms of slow fetches`))
      else this.#giveUp(`nothing within ${withinMs} ms`)
    }, withinMs)
  }

  /** Some files lead a parser around in a circle. */
  #limitThinking(toMs: number): void {
    const before = readCpuMs(this.#child)
    this.#thinking = setInterval(() => {
      if (readCpuMs(this.#child) - before > toMs) this.#giveUp(`undecided after ${toMs} ms of work`)
    }, thinkingLookMs)
  }

  #giveUp(detail: string): void {
    this.#note(detail)
    if (this.#found.facts === null) this.#end.resolve({ brokenBy: 'its deadline' })
    else this.#finish()
    this.#child.kill('SIGKILL')
  }

  #note(note: string | undefined): void {
    if (note !== undefined) this.#found.notes.push(note)
  }

  #finish(): void {
    const { facts, ...rest } = this.#found
    if (facts === null) return this.#fail(new Error('the reader finished without a word'))
    this.#end.resolve({ verdict: accept({ facts, ...rest }) })
  }

  #send(request: ReaderRequest): void {
    this.#child.send(request, () => {})
  }
}

const thinkingLookMs = 50
/**
 * How many times as much work the whole of a sound may cost as what it is. Silence is packed tightest: four hours of it
 * are 2 MB and half a minute of decoding. A small sound that takes longer leads its parser around.
 */
const soundThinking = (bytes: number): number => 8 + bytes / 20_000

/** Linux counts in hundredths of a second. */
const tickMs = 10

/** Processor time that a process has used; 0 where the system does not tell, and only the other deadlines hold. */
function readCpuMs({ pid }: ChildProcess): number {
  try {
    // The name, in parentheses, may hold anything; user and system time are the 12th and 13th word behind it.
    const [, words = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(/\) (?!.*\) )/)
    const [user = '0', system = '0'] = words.split(' ').slice(11, 13)
    return (Number(user) + Number(system)) * tickMs
  } catch {
    return 0
  }
}
