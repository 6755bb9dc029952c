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
  /** Decodes what `openBody` yields; it is called again when the first attempt crashed the decoder. */
  decode(job: DecodeJob, openBody: () => AsyncIterable<Uint8Array>): Promise<PictureVerdict>
  /** Loads the decoder before the first picture comes. */
  warmUp(): void
  stop(): void
}

/** How often one picture may crash the decoder before the picture is to blame and not the machine. */
const crashesMax = 2

export function createDecoder({ deadlineMs = 30_000, ...options }: DecoderOptions): Decoder {
  const decoder = keepHostileProcess(options, 'pipe')
  const takeTurn = oneAtATime()

  async function decodeAlone(job: DecodeJob, openBody: () => AsyncIterable<Uint8Array>): Promise<PictureVerdict> {
    let lastSignal: string | null = null
    for (let crashes = 0; crashes < crashesMax; crashes += 1) {
      const sent: Uint8Array[] = []
      const ending = await runJob(decoder.find(), job, keep(openBody(), sent), deadlineMs)
      if (ending === 'overdue') return refuse({ reason: 'image_too_slow', detail: `no verdict in ${deadlineMs} ms` })
      if ('fault' in ending) throw new Error(`decoder: ${ending.fault}`)
      if ('verdict' in ending)
        return ending.verdict.ok ? accept(takeFromFile(ending.verdict.value, sent)) : ending.verdict
      lastSignal = ending.crashedBy
    }
    // Nothing in a file can send SIGKILL: that was want of memory, or a person.
    if (lastSignal === 'SIGKILL') throw new Error('the decoder was killed')
    return refuse({ reason: 'image_damaged', detail: `crashed the decoder (${lastSignal})` })
  }

  return {
    decode: (job, openBody) => takeTurn(() => decodeAlone(job, openBody)),
    warmUp: () => void decoder.find(),
    stop: decoder.stop,
  }
}

async function* keep(body: AsyncIterable<Uint8Array>, kept: Uint8Array[]) {
  for await (const chunk of body) {
    kept.push(chunk)
    yield chunk
  }
}

type Crash = { readonly crashedBy: string }

/** One picture through one child. Throws when the body cannot be read or no decoder runs: both are faults of ours. */
async function runJob(
  { child, isReady }: HostileProcess,
  job: DecodeJob,
  body: AsyncIterable<Uint8Array>,
  deadlineMs: number,
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
    await feed(child, job.bytes, body, outcome)
    const overdue = new Promise<'overdue'>((resolve) => {
      const timer = setTimeout(() => resolve('overdue'), deadlineMs)
      ended.signal.addEventListener('abort', () => clearTimeout(timer))
    })
    const ending = await Promise.race([outcome, overdue])
    if (ending === 'overdue') child.kill('SIGKILL')
    return ending
  } catch (error) {
    // Half a picture lies in the pipe: this child cannot be used again.
    child.kill('SIGKILL')
    throw error
  } finally {
    ended.abort()
    letIdle(child)
  }
}

/** Writes the body with back-pressure, and stops early when the child has ended or answered. */
async function feed(
  child: ChildProcess,
  bytes: number,
  body: AsyncIterable<Uint8Array>,
  outcome: Promise<unknown>,
): Promise<void> {
  const stdin = child.stdin
  if (stdin === null) throw new Error('the decoder has no input')
  let isOver = false
  const over = outcome.then(
    () => (isOver = true),
    () => (isOver = true),
  )
  let sent = 0
  for await (const chunk of body) {
    if (isOver) return
    sent += chunk.length
    if (!stdin.write(chunk)) await Promise.race([once(stdin, 'drain').catch(() => over), over])
  }
  if (sent !== bytes) throw new Error(`the body ended after ${sent} of ${bytes} bytes`)
}
