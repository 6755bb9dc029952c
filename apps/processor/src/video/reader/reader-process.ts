// Runs the reader of films and sounds in a process of its own, for what no library call can promise: an end (its
// parser spins for ever on some hostile files) and survival (a crash in native code would take the whole Lambda with
// it). The reader has no credentials and no network of ours: it asks here for every range of bytes. One file at a time.
import { refuse } from '@shoebox/shared/result.ts'
import { keepBusy, keepHostileProcess, letIdle, oneAtATime, type HostileProcessOptions } from '../../hostile-process.ts'
import type { FetchRange } from './block-source.ts'
import type { MediaVerdict, ReadJob } from './media-reading.ts'
import { runReading, type StageDeadlines } from './run-reading.ts'

export type ReaderOptions = HostileProcessOptions & {
  readonly deadlineMs?: Partial<StageDeadlines>
}

const defaultDeadlines: StageDeadlines = {
  facts: 15_000,
  frame: 15_000,
  captions: 15_000,
  peaks: 150_000,
  thinking: 500,
  fetch: 5_000,
}

export type MediaReader = {
  /** Reads one file. Throws when its bytes cannot be fetched or no reader runs: faults of ours, not of the file. */
  read(job: ReadJob, fetchRange: FetchRange): Promise<MediaVerdict>
  /** Loads the decoder before the first file comes. */
  warmUp(): void
  stop(): void
}

/** How often one file may break the reader before the file is to blame and not the machine. */
const triesMax = 2

export function createReader({ deadlineMs, ...options }: ReaderOptions): MediaReader {
  const deadlines = { ...defaultDeadlines, ...deadlineMs }
  const reader = keepHostileProcess(options, 'ignore')
  const takeTurn = oneAtATime()

  async function readAlone(job: ReadJob, fetchRange: FetchRange): Promise<MediaVerdict> {
    let brokenBy: string | null = null
    for (let tries = 0; tries < triesMax; tries += 1) {
      const { child, isReady } = reader.find()
      keepBusy(child)
      const ending = await isReady
        .then(() => runReading(child, { ...job, isSecondTry: tries > 0 }, fetchRange, deadlines))
        .finally(() => letIdle(child))
      if ('verdict' in ending) return ending.verdict
      brokenBy = ending.brokenBy
    }
    // Nothing in a file can send SIGKILL: that was want of memory, or a person.
    if (brokenBy === 'SIGKILL') throw new Error('the reader was killed')
    return refuse({ reason: 'media_damaged', detail: `broke the reader (${brokenBy})` })
  }

  return {
    read: (job, fetchRange) => takeTurn(() => readAlone(job, fetchRange)),
    warmUp: () => void reader.find(),
    stop: reader.stop,
  }
}
