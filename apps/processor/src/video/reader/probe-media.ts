// Finds out what a film or a sound is: its tracks, length, size and words. Runs in the reader's process only, since the
// parser below may spin for ever on hostile input. Lengths come from headers first: searching for them can cost
// thousands of reads.
import {
  ADTS,
  CustomSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputFormat,
  type InputTrack,
  type InputVideoTrack,
  type MetadataTags,
} from 'mediabunny'
import { durationMsMaxByKind } from '@shoebox/shared/media/timed-limits.ts'
import { kindOf } from '@shoebox/shared/media/kinds.ts'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { BlockSource } from './block-source.ts'
import type { CoverArt, MediaFacts, MediaRefusal, VideoFacts } from './media-reading.ts'
import { findRecordedAt, readCapture, readCover, readTags } from './read-words.ts'

/** Only the parsers that the detected type calls for: a file cannot choose another one. */
const formatsByType: Readonly<Record<TimedType, InputFormat[]>> = {
  'video/mp4': [MP4, QTFF],
  'video/quicktime': [QTFF, MP4],
  'video/webm': [WEBM, MATROSKA],
  'video/matroska': [MATROSKA, WEBM],
  'audio/mp4': [MP4, QTFF, ADTS],
  'audio/mpeg': [MP3],
  'audio/ogg': [OGG],
  'audio/flac': [FLAC],
  'audio/wav': [WAVE],
}

export type OpenMedia = {
  readonly input: Input
  readonly facts: MediaFacts
  readonly cover: CoverArt | null
  readonly video: InputVideoTrack | null
  readonly audio: InputAudioTrack | null
}

export async function probeMedia(source: BlockSource, type: TimedType): Promise<Result<OpenMedia, MediaRefusal>> {
  const input = new Input({ source: toSource(source), formats: formatsByType[type] })
  try {
    const [videos, audios] = [await input.getVideoTracks(), await input.getAudioTracks()]
    const video = (await findReadable(videos)) ?? null
    const audio = (await findReadable(audios)) ?? null
    // A picture track that nothing here reads does not make a film unreadable as long as something in it plays.
    const unread = video === null ? (videos[0] ?? null) : null
    if (video === null && audio === null)
      return refuse({
        reason: 'media_no_track',
        detail: `${videos.length} video, ${audios.length} audio, none readable`,
      })
    const words = await input.getMetadataTags().catch((): MetadataTags => ({}))
    const facts: MediaFacts = {
      type: typeOf(type, video ?? unread),
      durationMs: await findDurationMs([video, audio]),
      video: await describeVideo(video ?? unread),
      audio: await describeAudio(audio),
      tags: readTags(words),
      recordedAt: findRecordedAt(words),
      capture: readCapture(words),
    }
    const durationMsMax = durationMsMaxByKind[kindOf(facts.type) === 'audio' ? 'audio' : 'video']
    if (facts.durationMs !== null && facts.durationMs > durationMsMax)
      return refuse({ reason: 'media_too_long', detail: `${facts.durationMs} ms` })
    return accept({ input, facts, cover: readCover(words), video, audio })
  } catch (error) {
    return refuse({ reason: 'media_damaged', detail: error instanceof Error ? error.message : String(error) })
  }
}

const toSource = (source: BlockSource): CustomSource =>
  new CustomSource({
    getSize: () => source.bytes,
    read: (start, end) => source.read(start, end),
    prefetchProfile: 'none',
    maxCacheSize: 256 * 1024,
    // Reads that nobody waits for any more may fail quietly: whoever needs the bytes asks again and hears it.
    handleUnhandledError: () => {},
  })

async function findReadable<T extends InputTrack>(tracks: readonly T[]): Promise<T | undefined> {
  let fallback: T | undefined
  for (const track of tracks) {
    if ((await track.getCodec()) === null) continue
    if ((await track.getDisposition()).default) return track
    fallback ??= track
  }
  return fallback
}

/** MP4 and QuickTime hold films and sounds alike; the other containers keep the name their bytes gave them. */
function typeOf(type: TimedType, video: InputVideoTrack | null): TimedType {
  if (video === null) return type === 'video/mp4' || type === 'video/quicktime' ? 'audio/mp4' : type
  return type === 'audio/mp4' ? 'video/mp4' : type
}

async function findDurationMs(tracks: readonly (InputTrack | null)[]): Promise<number | null> {
  const seconds: number[] = []
  for (const track of tracks) {
    if (track === null) continue
    const stated = await track.getDurationFromMetadata().catch(() => null)
    const isPlausible = stated !== null && stated > 0 && stated * 1000 <= durationMsMaxByKind.audio
    // Searching reads from the file, within the budget; a film whose length cannot be found is still a film.
    const found = isPlausible ? stated : await track.computeDuration().catch(() => stated)
    if (found !== null && Number.isFinite(found) && found > 0) seconds.push(found)
  }
  return seconds.length === 0 ? null : Math.round(Math.max(...seconds) * 1000)
}

async function describeVideo(track: InputVideoTrack | null): Promise<VideoFacts | null> {
  if (track === null) return null
  const [widthPx, heightPx] = [await track.getDisplayWidth(), await track.getDisplayHeight()]
  if (!(widthPx > 0 && heightPx > 0)) throw new Error(`a picture of ${widthPx}x${heightPx}`)
  return {
    codec: (await track.getCodec()) ?? nameUnread(await track.getInternalCodecId()),
    widthPx: Math.round(widthPx),
    heightPx: Math.round(heightPx),
    frameRate: await findFrameRate(track),
    isHdr: await track.hasHighDynamicRange().catch(() => false),
  }
}

/** Enough packets to even out a phone's varying rate, few enough to stay within the first second of a WebM. */
const packetsForRate = 30
const framesPerSecondMax = 10_000

async function findFrameRate(track: InputVideoTrack): Promise<number | null> {
  try {
    const metrics = await track.computeFrameRateMetrics({ targetPacketCount: packetsForRate })
    const rate = metrics.underlyingFrameRate ?? metrics.averageFrameRate
    const isKnown = metrics.probedPacketCount > 1 && Number.isFinite(rate) && rate > 0 && rate <= framesPerSecondMax
    return isKnown ? Math.round(rate * 100) / 100 : null
  } catch {
    return null
  }
}

async function describeAudio(track: InputAudioTrack | null): Promise<MediaFacts['audio']> {
  if (track === null) return null
  const [channels, sampleRateHz] = [await track.getNumberOfChannels(), await track.getSampleRate()]
  if (!(channels > 0 && sampleRateHz > 0)) throw new Error(`${channels} channels at ${sampleRateHz} Hz`)
  return { codec: (await track.getCodec()) ?? '', channels, sampleRateHz }
}

const nameUnread = (id: string | number | Uint8Array | null): string =>
  typeof id === 'string' ? id.replace(/[^\w./-]/g, '').slice(0, 32) || 'unknown' : 'unknown'
