// The process that touches hostile films and sounds: started by reader-process, it takes one job, asks for the bytes it
// needs, says what it finds stage by stage, and waits for the next job. It holds no credentials and may be killed at any
// moment.
import { AV_LOG_QUIET } from 'node-av/constants'
import { Log } from 'node-av/lib'
import { decodePeaks } from '../../audio/decode-peaks.ts'
import { judgeSound } from '../../audio/judge-sound.ts'
import { extractFrame } from '../frame/decode-frame.ts'
import { BlockSource, BudgetSpent } from './block-source.ts'
import type { ReaderMessage, ReaderRequest, ReadJob } from './media-reading.ts'
import { probeMedia, type OpenMedia } from './probe-media.ts'
import { frameSourceOf, soundSourceOf } from './track-packets.ts'

const MB = 2 ** 20

/** To learn what it is: tables of two hours of film are about 10 MB. Then one key frame. Then, of a sound, all of it. */
const probeBudget = { bytesMax: 64 * MB, readsMax: 1024 }
const frameBudget = { bytesMax: 128 * MB, readsMax: 1280 }

/** One read while a sound is decoded from end to end. */
const streamedBytes = 2 * MB

const peaksCpuMsMax = 60_000

Log.setLevel(AV_LOG_QUIET)

/** Whoever asked may be gone by now: that ends this process, and is no error of its own. */
const say = (message: ReaderMessage): void => void process.send?.(message, undefined, undefined, () => {})

const waiting = new Map<number, (bytes: Uint8Array) => void>()
let asked = 0

function fetchRange(start: number, end: number): Promise<Uint8Array> {
  asked += 1
  const id = asked
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    say({ ask: id, start, end })
  })
}

async function readMedia({ type, bytes }: ReadJob): Promise<void> {
  const source = new BlockSource(bytes, fetchRange, probeBudget)
  const opened = await probeMedia(source, type)
  if (!opened.ok) return say({ stage: 'refused', refusal: opened.refusal })
  const media = opened.value
  say({ stage: 'facts', facts: media.facts, cover: media.cover })
  source.budget = frameBudget
  if (media.facts.video !== null) await takeFrame(media)
  const isSound = media.facts.video !== null || (await takePeaks(media, source, bytes))
  media.input.dispose()
  if (isSound) say({ stage: 'done' })
}

async function takeFrame({ video, facts }: OpenMedia): Promise<void> {
  try {
    const frame = video === null ? null : await extractFrame(await frameSourceOf(video, facts.durationMs))
    say({ stage: 'frame', frame, ...(frame === null ? { note: `no frame of ${facts.video?.codec}` } : {}) })
  } catch (error) {
    say({ stage: 'frame', frame: null, note: describe(error) })
  }
}

/** False when the sound turned out not to be one: that has been said then. */
async function takePeaks({ audio, facts }: OpenMedia, source: BlockSource, bytes: number): Promise<boolean> {
  if (audio === null) return true
  source.budget = { bytesMax: frameBudget.bytesMax + 2 * bytes, readsMax: frameBudget.readsMax + 1024 }
  source.readAheadBytes = streamedBytes
  const before = process.cpuUsage()
  const spentMs = (): number => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  try {
    const decoded = await decodePeaks(await soundSourceOf(audio), { spentMs, limitMs: peaksCpuMsMax })
    const refusal = decoded.end === 'decoded' ? judgeSound(facts, decoded.waveform) : null
    if (refusal !== null) {
      say({ stage: 'refused', refusal })
      return false
    }
    const waveform = decoded.end === 'decoded' ? decoded.waveform : null
    const note = waveform === null ? { note: `no waveform: ${decoded.end} after ${spentMs()} ms` } : {}
    say({ stage: 'peaks', peaks: waveform?.peaks ?? null, durationMs: waveform?.durationMs ?? null, ...note })
  } catch (error) {
    say({ stage: 'peaks', peaks: null, durationMs: null, note: describe(error) })
  }
  return true
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error instanceof BudgetSpent ? 'budget: ' : ''}${error.message}` : String(error)

process.on('message', (request: ReaderRequest) => {
  if ('answer' in request) {
    waiting.get(request.answer)?.(request.bytes)
    waiting.delete(request.answer)
    return
  }
  readMedia(request.job).catch((error: unknown) => say({ stage: 'fault', message: describe(error) }))
})
// Whoever asked is gone, and native work would not let go of an ordinary exit.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

say({ stage: 'ready' })
