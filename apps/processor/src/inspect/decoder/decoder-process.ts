// Runs the decoder in a process of its own, for the two things that no library call can promise: an end (libvips
// ignores its time limit in some codecs) and survival (a crash in native code would take the whole Lambda with it, and
// the message would come back to crash the next one). Used by inspect-upload; one picture at a time.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import {
  keepBusy,
  keepHostileProcess,
  letIdle,
  oneAtATime,
  type HostileProcess,
  type HostileProcessOptions,
} from '../../hostile-process.ts'
import { takeFromFile, type SentPicture } from '../copy/sent-copy.ts'
import type { DecodableType, PictureRefusal, PictureVerdict } from './picture.ts'

export type DecodeJob = { readonly type: DecodableType; readonly bytes: number; readonly wantsCopy?: boolean }
export type DecodeReply = { readonly verdict: Result<SentPicture, PictureRefusal> } | { readonly fault: string }
/** The child's first words, once it can decode: one that ends before saying them was never at the picture. */
export const readyWord = 'ready'

export type DecoderOptions = HostileProcessOptions & {
  /** From the last byte handed over to the verdict. The slowest legal picture takes about a third of it. */
  readonly deadlineMs?: number
}

export type Decoder = {
  /** Decodes what `openBody` yields. The next file is read meanwhile, and no more than that one. */
  decode(job: DecodeJob, openBody: () => AsyncIterable<Uint8Array>): Promise<PictureVerdict>
  /** Loads the decoder before the first picture comes. */
  warmUp(): void
  stop(): void
}

/** How often one picture may crash the decoder before the picture is to blame and not the machine. */
const crashesMax = 2

export function createDecoder({ deadlineMs = 30_000, ...options }: DecoderOptions): Decoder {
  const decoder = keepHostileProcess(options, 'pipe')
  const takeReadingTurn = oneAtATime()
  const takeTurn = oneAtATime()

  async function decodeAlone(job: DecodeJob, file: Pieces, onHandedOver: () => void): Promise<PictureVerdict> {
    let lastSignal: string | null = null
    for (let crashes = 0; crashes < crashesMax; crashes += 1) {
      const ending = await runJob(decoder.find(), job, file, { deadlineMs, onHandedOver })
      if (ending === 'overdue') return refuse({ reason: 'image_too_slow', detail: `no verdict in ${deadlineMs} ms` })
      if ('fault' in ending) throw new Error(`decoder: ${ending.fault}`)
      if ('verdict' in ending)
        return ending.verdict.ok ? accept(takeFromFile(ending.verdict.value, file)) : ending.verdict
      lastSignal = ending.crashedBy
    }
    // Nothing in a file can send SIGKILL: that was want of memory, or a person.
    if (lastSignal === 'SIGKILL') throw new Error('the decoder was killed')
    return refuse({ reason: 'image_damaged', detail: `crashed the decoder (${lastSignal})` })
  }

  return {
    async decode(job, openBody) {
      const { verdict } = await takeReadingTurn(async () => {
        const file = await readWhole(job, openBody())
        const handedOver = Promise.withResolvers<void>()
        const verdict = takeTurn(() => decodeAlone(job, file, handedOver.resolve))
        await Promise.race([handedOver.promise, verdict])
        // Wrapped, so that the next file is not kept waiting for it.
        return { verdict }
      })
      return verdict
    },
    warmUp: () => void decoder.find(),
    stop: decoder.stop,
  }
}

async function readWhole({ bytes }: DecodeJob, body: AsyncIterable<Uint8Array>): Promise<Pieces> {
  const file: Uint8Array[] = []
  let read = 0
  for await (const chunk of body) {
    file.push(chunk)
    read += chunk.length
  }
  if (read !== bytes) throw new Error(`the body ended after ${read} of ${bytes} bytes`)
  return file
}

/** A file as it came. */
type Pieces = readonly Uint8Array[]

type Crash = { readonly crashedBy: string }

/** One picture through one child. Throws when no decoder runs, which is a fault of ours. */
async function runJob(
  { child, isReady }: HostileProcess,
  job: DecodeJob,
  file: Pieces,
  { deadlineMs, onHandedOver }: { deadlineMs: number; onHandedOver: () => void },
): Promise<DecodeReply | Crash | 'overdue'> {
  const ended = new AbortController()
  keepBusy(child)
  try {
    await isReady
    const reply = once(child, 'message', { signal: ended.signal }).then(([message]) => message as DecodeReply)
    const crash = once(child, 'exit', { signal: ended.signal }).then(([code, signal]): Crash => ({
      crashedBy: String(signal ?? code),
    }))
    const outcome = Promise.race([reply, crash])
    outcome.catch(() => {})
    crash.catch(() => {})
    reply.catch(() => {})
    child.send(job)
    await handOver(child, file, outcome)
    onHandedOver()
    const overdue = new Promise<'overdue'>((resolve) => {
      const timer = setTimeout(() => resolve('overdue'), deadlineMs)
      ended.signal.addEventListener('abort', () => clearTimeout(timer))
    })
    const ending = await Promise.race([outcome, overdue])
    if (ending === 'overdue') child.kill('SIGKILL')
    return ending
  } finally {
    ended.abort()
    letIdle(child)
  }
}

/** Resolves once the child has all of it, or has ended or answered before. */
async function handOver(child: ChildProcess, file: Pieces, outcome: Promise<unknown>): Promise<void> {
  const { stdin } = child
  if (stdin === null) throw new Error('the decoder has no input')
  // Together, so that the kernel is asked as often as it takes and not once for each chunk.
  stdin.cork()
  for (const chunk of file) stdin.write(chunk)
  const flushed = new Promise<void>((resolve) => void stdin.write('', () => resolve()))
  stdin.uncork()
  await Promise.race([flushed, outcome])
}
