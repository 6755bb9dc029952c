// Runs the reader of films and sounds in a process of its own, for what no library call can promise: an end (its
// parser spins for ever on some hostile files) and survival (a crash in native code would take the whole Lambda with
// it). The reader has no credentials and no network of ours: it asks here for every range of bytes. One file at a time.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { refuse } from '@shoebox/shared/result.ts'
import type { FetchRange } from './block-source.ts'
import type { MediaVerdict, ReadJob } from './media-reading.ts'
import { runReading, type StageDeadlines } from './run-reading.ts'

export type ReaderOptions = {
  /** The module to run. Bundlers move it: whoever wires the Lambda says where it lies. */
  readonly entry: URL
  /** All that the reader's process is told of the world: nothing that opens anything. */
  readonly env: Readonly<Record<string, string>>
  readonly deadlineMs?: Partial<StageDeadlines>
}

const defaultDeadlines: StageDeadlines = { facts: 15_000, frame: 15_000, peaks: 150_000, thinking: 500 }

export type MediaReader = {
  /** Reads one file. Throws when its bytes cannot be fetched or no reader runs: faults of ours, not of the file. */
  read(job: ReadJob, fetchRange: FetchRange): Promise<MediaVerdict>
  /** Loads the decoder before the first file comes. */
  warmUp(): void
  stop(): void
}

/** How often one file may break the reader before the file is to blame and not the machine. */
const triesMax = 2

export function createReader({ entry, env, deadlineMs }: ReaderOptions): MediaReader {
  const deadlines = { ...defaultDeadlines, ...deadlineMs }
  let running: ReaderChild | null = null
  let queue: Promise<unknown> = Promise.resolve()

  const findChild = (): ReaderChild => {
    if (running === null || !isAlive(running.child)) running = startChild(entry, env)
    return running
  }

  async function readAlone(job: ReadJob, fetchRange: FetchRange): Promise<MediaVerdict> {
    let brokenBy: string | null = null
    for (let tries = 0; tries < triesMax; tries += 1) {
      const { child, isReady } = findChild()
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
    read(job, fetchRange) {
      const result = queue.then(() => readAlone(job, fetchRange))
      queue = result.catch(() => {})
      return result
    },
    warmUp: () => void findChild(),
    stop: () => void running?.child.kill('SIGKILL'),
  }
}

/** A reader and the promise that it can read, which fails when it ends before. */
type ReaderChild = { readonly child: ChildProcess; readonly isReady: Promise<void> }

const isAlive = (child: ChildProcess): boolean =>
  child.exitCode === null && child.signalCode === null && child.connected && !child.killed

function startChild(entry: URL, env: ReaderOptions['env']): ReaderChild {
  const child = spawn(process.execPath, [fileURLToPath(entry)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    env,
  })
  child.on('error', () => {})
  const isReady = Promise.race([
    once(child, 'message').then(() => undefined),
    once(child, 'exit').then(() => {
      throw new Error('the reader could not be started')
    }),
  ])
  isReady.catch(() => {})
  letIdle(child)
  return { child, isReady }
}

/** An idle reader must not keep this process from ending. */
function letIdle(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
}

function keepBusy(child: ChildProcess): void {
  child.ref()
  child.channel?.ref()
}
