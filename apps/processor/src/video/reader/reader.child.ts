// The process that touches hostile films and sounds: started by reader-process, it takes one job, asks for the bytes it
// needs, says what it finds stage by stage, and waits for the next job. It holds no credentials and may be killed at any
// moment.
import { AV_LOG_QUIET } from 'node-av/constants'
import { Log } from 'node-av/lib'
import { decodePeaks } from '../../audio/decode-peaks.ts'
import { hasTooManyParts } from '../../audio/has-too-many-parts.ts'
import { judgeSound } from '../../audio/judge-sound.ts'
import { readCaptions } from '../captions/read-captions.ts'
import { extractFrame, type FrameSource } from '../frame/decode-frame.ts'
import { BlockSource, BudgetSpent } from './block-source.ts'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import type { Frame, MediaFacts, MediaRefusal, ReaderMessage, ReaderRequest, ReadJob } from './media-reading.ts'
import { probeBudget, type OpenMedia } from './open-media.ts'
import { posterLimits } from './poster-packets.ts'
import { probeMedia } from './probe-media.ts'
import { probeWithFfmpeg } from './probe-with-ffmpeg.ts'

const MB = 2 ** 20

/** After what it is: the packets of one picture. Then, of a sound, all of it. */
const frameBudget = { bytesMax: 128 * MB, readsMax: 1280 }

/** One read on the way from a key frame to the poster. */
const forwardBytes = 256 * 1024

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

/**
 * mediabunny reads the least; what it does not know, or stumbles over, goes to FFmpeg, which knows every codec and every
 * dialect. Whichever reads the file, something in it has to decode.
 */
async function readMedia({ type, bytes, head = '', isSecondTry = false }: ReadJob): Promise<void> {
  let refusal: MediaRefusal | null = null
  let source = new BlockSource(bytes, fetchRange, probeBudget, Buffer.from(head, 'base64'))
  if (await hasTooManyParts(type, source))
    return say({ stage: 'refused', refusal: { reason: 'media_damaged', detail: 'too many parts' } })
  for (const probe of isSecondTry ? [probeWithFfmpeg] : [probeMedia, probeWithFfmpeg]) {
    const opened = await probe(source, type)
    refusal = opened.ok ? await show(opened.value, source, bytes, type) : opened.refusal
    if (refusal === null || refusal.reason === 'media_too_long') break
    source = new BlockSource(bytes, fetchRange, probeBudget)
  }
  say(refusal === null ? { stage: 'done' } : { stage: 'refused', refusal })
}

async function show(media: OpenMedia, source: BlockSource, bytes: number, type: TimedType) {
  try {
    say({ stage: 'facts', facts: await completeFacts(media), cover: media.cover })
    if (media.facts.video === null) return await takePeaks(media, source, bytes)
    source.budget = frameBudget
    const refusal = await takeFrame(media, source)
    if (refusal === null) say({ stage: 'captions', ...(await readCaptions(type, source, fetchRange)) })
    return refusal
  } finally {
    media.close()
  }
}

/** What stands in the way of the pictures stands in the way of the frame as well, which says so. */
async function completeFacts({ facts, readPictures }: OpenMedia): Promise<MediaFacts> {
  const pictures = await readPictures?.().catch(() => null)
  return facts.video === null ? facts : { ...facts, video: { ...facts.video, ...pictures } }
}

/** A film without a poster is still one if its sound decodes. */
async function takeFrame(media: OpenMedia, source: BlockSource): Promise<MediaRefusal | null> {
  const { openFrames, openSound, facts } = media
  let note = `no frame of ${facts.video?.codec}`
  let isOurLimit = false
  try {
    const frame = openFrames === null ? null : await extractPoster(await openFrames(), source)
    if (frame !== null) {
      say({ stage: 'frame', frame })
      return null
    }
  } catch (error) {
    note = describe(error)
    isOurLimit = error instanceof BudgetSpent
  }
  if (!isOurLimit && (openSound === null || !(await soundDecodes(openSound))))
    return { reason: 'media_no_track', detail: note }
  say({ stage: 'frame', frame: null, note })
  return null
}

/** Most posters need one packet; whoever needs more of them needs neighbours. */
async function extractPoster(frames: FrameSource, source: BlockSource): Promise<Frame | null> {
  async function* packets() {
    for await (const packet of frames.packets) {
      yield packet
      source.readAheadBytes = forwardBytes
    }
  }
  try {
    return await extractFrame({ ...frames, packets: packets() }, posterLimits)
  } finally {
    source.readAheadBytes = 0
  }
}

/** Enough to get over a broken beginning. */
const triedPackets = 64

async function soundDecodes(openSound: NonNullable<OpenMedia['openSound']>): Promise<boolean> {
  try {
    const source = await openSound()
    const decoded = await decodePeaks({ ...source, packets: takeFirst(source.packets, triedPackets) }, unlimited)
    return decoded.end === 'decoded' && decoded.waveform.durationMs > 0
  } catch {
    return false
  }
}

const unlimited = { spentMs: () => 0, limitMs: 1 }

async function* takeFirst(packets: AsyncIterable<Uint8Array>, count: number) {
  let taken = 0
  for await (const packet of packets) {
    yield packet
    taken += 1
    if (taken >= count) return
  }
}

async function takePeaks({ openSound, facts }: OpenMedia, source: BlockSource, bytes: number) {
  if (openSound === null) return null
  source.budget = { bytesMax: frameBudget.bytesMax + 2 * bytes, readsMax: frameBudget.readsMax + 1024 }
  source.readAheadBytes = streamedBytes
  const before = process.cpuUsage()
  const spentMs = (): number => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  try {
    const decoded = await decodePeaks(await openSound(), { spentMs, limitMs: peaksCpuMsMax })
    const refusal = judgeSound(facts, bytes, decoded)
    if (refusal !== null) return refusal
    const waveform = decoded.end === 'decoded' ? decoded.waveform : null
    const note = waveform === null ? { note: `no waveform: ${decoded.end} after ${spentMs()} ms` } : {}
    say({ stage: 'peaks', peaks: waveform?.peaks ?? null, durationMs: waveform?.durationMs ?? null, ...note })
    return null
  } catch (error) {
    if (!(error instanceof BudgetSpent)) return { reason: 'media_no_track', detail: describe(error) } as const
    say({ stage: 'peaks', peaks: null, durationMs: null, note: describe(error) })
    return null
  }
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
