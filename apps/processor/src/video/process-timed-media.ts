// One film or sound, from inspect's message to its outcome: find its tracks, take a picture of it or a waveform, make
// the copy that is played, promote the original, and say so on the queue. As with pictures, every step can be repeated,
// a refusal is an outcome, and a fault is thrown so that the message comes again.
import type { Outcome, ReadyOutcome, RefusedOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { VideoMessage } from '@shoebox/shared/messages/video.schema.ts'
import { captionKey, derivativeKey, originalKey, playKey } from '@shoebox/shared/upload/object-keys.ts'
import { sniffCover } from '../audio/sniff-cover.ts'
import type { Decoder } from '../inspect/decoder/decoder-process.ts'
import type { Picture } from '../inspect/decoder/picture.ts'
import { fitOutcome } from '../inspect/fit-outcome.ts'
import { generationOf } from '../inspect/generation.ts'
import type { MediaObjects } from '../inspect/inspect-upload.ts'
import { SourceChanged } from '../inspect/source-changed.ts'
import { logWith, type Log } from '../log.ts'
import { describeCapture } from '../place/describe-capture.ts'
import { wrapAsTiff } from './frame-tiff.ts'
import { makePlay, type PlayObjects, type PlayOutcome } from './play/make-play.ts'
import { readTakenAt } from './read-taken-at.ts'
import { searchAsRead } from './search-as-read.ts'
import { kindByTracks } from './reader/judge-facts.ts'
import type { MediaReading } from './reader/media-reading.ts'
import type { MediaReader } from './reader/reader-process.ts'

export type TimedMediaDeps = {
  readonly objects: Pick<MediaObjects, 'headIncoming' | 'readIncoming' | 'putDerivative' | 'putCaptions' | 'promote'> &
    PlayObjects
  readonly reader: Pick<MediaReader, 'read'>
  readonly decoder: Pick<Decoder, 'decode'>
  readonly sendOutcome: (outcome: Outcome) => Promise<void>
  readonly nowMs: () => number
  readonly log: Log
}

type Refused = Pick<RefusedOutcome, 'reason'> & { readonly detail: string }

/** Of the 300 s of the function. The rest is for the picture, which may take 30 s to decode, and for saying so. */
const copiesMadeByMs = 260_000
/** Inside S3, when it is slow: a minute for 2 GB. */
const copyMsPerMb = 30

/** @param mayComeAgain whether the message is given back where there was no time for `play`: S3 may be quicker by then */
export async function processTimedMedia(
  given: TimedMediaDeps,
  message: VideoMessage,
  { mayComeAgain = false } = {},
): Promise<void> {
  const { mediaId, incomingKey: key, etag, bytes, type, head } = message
  const copiesMadeBy = given.nowMs() + copiesMadeByMs
  const hasTimeFor = (copies: number) => given.nowMs() + (copies * copyMsPerMb * bytes) / 2 ** 20 <= copiesMadeBy
  const deps = { ...given, log: logWith(given.log, { requestId: message.requestId }) }
  try {
    const object = await deps.objects.headIncoming(key)
    if (object?.etag !== etag) return deps.log.info('object_gone', { mediaId })
    const search = searchAsRead((start, end) => deps.objects.readIncoming(key, etag, start, end - 1))
    const verdict = await deps.reader.read({ type, bytes, head }, search.fetch)
    if (!verdict.ok) return await reject(deps, message, verdict.refusal)
    const reading = verdict.value
    const hidden = kindByTracks(reading.facts) === 'audio' ? search.found() : null
    if (hidden !== null) return await reject(deps, message, { reason: 'file_hides_other', detail: hidden })
    const generation = generationOf(etag)
    const source = { key, etag, bytes, type: reading.facts.type }
    const play = await makePlay(deps.objects, source, { key: playKey(mediaId, generation), hasTimeFor })
    if (play.play === 'refused') return await reject(deps, message, play.refusal)
    if (play.play === 'late' && mayComeAgain) throw new Error(`nothing to play: ${play.detail}`)
    await publish(deps, message, reading, play)
  } catch (error) {
    // Whoever put another object there, or took this one away, caused an event of its own where one is needed.
    if (error instanceof SourceChanged) return deps.log.info('object_changed', { mediaId })
    throw error
  }
}

async function publish(
  deps: TimedMediaDeps,
  message: VideoMessage,
  reading: MediaReading,
  play: PlayOutcome,
): Promise<void> {
  const { mediaId, incomingKey: key, etag, bytes } = message
  const { facts } = reading
  const generation = generationOf(etag)
  const picture = await takePicture(deps, message, reading)
  const derivatives = await Promise.all(
    (picture?.derivatives ?? []).map(async ({ name, widthPx, heightPx, body }) => ({
      name,
      widthPx,
      heightPx,
      bytes: await deps.objects.putDerivative(derivativeKey(mediaId, generation, name), body),
    })),
  )
  const captions = play.play === 'made' ? await putCaptions(deps, message, reading) : []
  // Last, so that an original in the media bucket always has what belongs beside it.
  const { sha256 } = await deps.objects.promote(
    { key, etag },
    { key: originalKey(mediaId, generation), type: facts.type },
  )
  const outcome: ReadyOutcome = {
    ...describeInspection(deps, message),
    outcome: 'ready',
    generation,
    type: facts.type,
    bytes,
    sha256,
    widthPx: facts.video?.widthPx ?? null,
    heightPx: facts.video?.heightPx ?? null,
    thumbhash: picture === null ? null : Buffer.from(picture.thumbhash).toString('base64'),
    dominantColor: picture?.dominantColor ?? null,
    // The cover of a sound is not its content: many share one.
    fingerprint: reading.frame === null ? null : (picture?.fingerprint ?? null),
    // The phone's own words carry its offset; the header's clock is UTC by definition.
    takenAt: readTakenAt(facts.recordedAt ?? (play.play === 'made' ? play.createdAt : null)),
    ...(await describeCapture(facts.capture)),
    isCutToFirstFrame: false,
    derivatives,
    timed: {
      durationMs: facts.durationMs,
      videoCodec: facts.video?.codec ?? null,
      audioCodec: facts.audio?.codec ?? null,
      frameRate: facts.video?.frameRate ?? null,
      isHdr: facts.video?.isHdr ?? false,
      peaks: reading.peaks === null ? null : [...reading.peaks],
      tags: facts.tags,
      hasPlay: play.play === 'made',
      captions: captions.length === 0 ? null : captions,
    },
  }
  const fit = fitOutcome(outcome, deps.log)
  await deps.sendOutcome(fit)
  if (fit.outcome === 'refused') return
  if (play.play === 'late') deps.log.warn('play_given_up', { mediaId, bytes, detail: play.detail })
  deps.log.info('timed_media_ready', {
    mediaId,
    type: facts.type,
    bytes,
    readBytes: reading.cost.bytes,
    reads: reading.cost.reads,
    captions: captions.length,
    play: play.play,
    playDetail: 'detail' in play ? play.detail : null,
    notes: reading.notes.join('; ').slice(0, 500),
  })
}

/** Words that are shown over a film belong to the copy that is played. */
const putCaptions = ({ objects }: TimedMediaDeps, { mediaId, etag }: VideoMessage, { captions }: MediaReading) =>
  Promise.all(
    captions.map(async ({ language, label, vtt }, n) => ({
      language,
      label,
      bytes: await objects.putCaptions(captionKey(mediaId, generationOf(etag), n + 1), vtt),
    })),
  )

/** The poster of a film, the cover of a sound, through the decoder that makes all other pictures. Either may be missing. */
async function takePicture(
  deps: TimedMediaDeps,
  { mediaId }: VideoMessage,
  { frame, cover }: MediaReading,
): Promise<Picture | null> {
  const coverType = cover === null ? null : sniffCover(cover.bytes)
  const file =
    frame !== null
      ? { type: 'image/tiff' as const, body: wrapAsTiff(frame.rgb, frame.widthPx, frame.heightPx) }
      : cover !== null && coverType !== null
        ? { type: coverType, body: Buffer.from(cover.bytes) }
        : null
  if (file === null) return null
  try {
    const verdict = await deps.decoder.decode({ type: file.type, bytes: file.body.length }, () => once(file.body))
    if (verdict.ok) return verdict.value
    deps.log.warn('poster_refused', { mediaId, reason: verdict.refusal.reason, detail: verdict.refusal.detail })
  } catch (error) {
    deps.log.warn('poster_failed', { mediaId, error: error instanceof Error ? error.message : String(error) })
  }
  return null
}

async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}

/** The file stays for the janitor: should this outcome get lost, it is judged again. */
async function reject(deps: TimedMediaDeps, message: VideoMessage, { reason, detail }: Refused): Promise<void> {
  const { mediaId, type, bytes } = message
  await deps.sendOutcome({
    ...describeInspection(deps, message),
    outcome: 'refused',
    generation: generationOf(message.etag),
    reason,
    detectedType: type,
  })
  deps.log.info('upload_refused', { mediaId, reason, detectedType: type, detail: detail.slice(0, 300), bytes })
}

const describeInspection = (deps: TimedMediaDeps, { mediaId, ownerId, incomingKey, etag, requestId }: VideoMessage) =>
  ({
    version: 1,
    mediaId,
    ownerId,
    incomingKey,
    etag,
    inspectedAtMs: deps.nowMs(),
    ...(requestId === undefined ? {} : { requestId }),
  }) as const
