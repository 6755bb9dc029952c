// Finds out what a film or a sound is: its tracks, length, size and words. Runs in the reader's process only, since the
// parser below may spin for ever on hostile input.
import {
  ADTS,
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
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { accept, refuse } from '@shoebox/shared/result.ts'
import type { StatedColors } from '../frame/colors.ts'
import { isHybrid, readMovieBox, type MovieBox } from '../play/movie-box.ts'
import type { BlockSource } from './block-source.ts'
import { findEditList } from './edit-list.ts'
import { judgeFacts, squarePixels, tellFrameRate, typeOf } from './judge-facts.ts'
import type { MediaFacts, PictureFacts } from './media-reading.ts'
import type { OpenedMedia } from './open-media.ts'
import { findRecordedAt, readCapture, readCover, readTags } from './read-words.ts'
import { findDurationMs } from './find-duration.ts'
import { findEnd } from './find-end.ts'
import { openOggChain } from './open-ogg-chain.ts'
import { findStatedShape } from './stated-shape.ts'
import { stepOverTables } from './step-over-tables.ts'
import { toSource } from './to-source.ts'
import { frameSourceOf, soundSourceOf, type DisplaySize } from './track-packets.ts'

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

export async function probeMedia(source: BlockSource, type: TimedType): Promise<OpenedMedia> {
  const formats = formatsByType[type]
  const isIso = formats.includes(MP4)
  try {
    const view = isIso ? await stepOverTables(source) : source
    const input = new Input({ source: toSource(view), formats })
    const [videos, audios] = [await input.getVideoTracks(), await input.getAudioTracks()]
    const [video, audio] = [await findReadable(videos), await findReadable(audios)]
    // With pictures that only FFmpeg may know it is for FFmpeg to say what this is.
    if ((video === null && videos.length > 0) || (video === null && audio === null))
      return refuse({
        reason: 'media_no_track',
        detail: `${videos.length} video, ${audios.length} audio, not all readable`,
      })
    const words = await input.getMetadataTags().catch((): MetadataTags => ({}))
    const chain = type === 'audio/ogg' && audio !== null ? await openOggChain(source, audio) : null
    const movie = isIso ? await readMovieBox(view) : null
    // Only the part that the header counts would be seen here.
    if (movie !== null && isHybrid(movie)) return refuse({ reason: 'media_no_track', detail: 'goes on in fragments' })
    const editsOf = (track: InputTrack) => (movie === null ? null : findEditList(movie, track.id))
    const whole = view === source ? null : new Input({ source: toSource(source), formats })
    const videoToRead = async (track: InputVideoTrack) =>
      whole === null ? track : findSame(track, videos, await whole.getVideoTracks())
    const audioToRead = async (track: InputAudioTrack) =>
      whole === null ? track : findSame(track, audios, await whole.getAudioTracks())
    const search = {
      editsOf,
      findEnd: () => findEnd(source, { type, video, audio, movie }),
      toWhole: async (track: InputTrack) =>
        track.isVideoTrack() ? videoToRead(track) : track.isAudioTrack() ? audioToRead(track) : track,
    }
    const size = video === null ? null : await findDisplaySize(video, movie)
    const facts: MediaFacts = {
      type: typeOf(type, video !== null),
      durationMs: chain === null ? await findDurationMs([video, audio], search) : chain.durationMs,
      video:
        video === null || size === null
          ? null
          : { codec: (await video.getCodec()) ?? '', ...size, frameRate: null, isHdr: false },
      audio: await describeAudio(audio),
      tags: readTags(words),
      recordedAt: findRecordedAt(words),
      capture: readCapture(words),
    }
    const tooMuch = judgeFacts(facts, source.bytes)
    if (tooMuch !== null) return refuse(tooMuch)
    return accept({
      facts,
      cover: readCover(words),
      readPictures: video === null ? null : async () => readPictures(await videoToRead(video)),
      openFrames:
        video === null || size === null
          ? null
          : async () => frameSourceOf(await videoToRead(video), size, facts.durationMs, editsOf(video)),
      openSound:
        audio === null
          ? null
          : (chain?.openSound ?? (async () => soundSourceOf(await audioToRead(audio), editsOf(audio)))),
      close: () => {
        chain?.close()
        input.dispose()
        whole?.dispose()
      },
    })
  } catch (error) {
    return refuse({ reason: 'media_damaged', detail: error instanceof Error ? error.message : String(error) })
  }
}

async function findReadable<T extends InputTrack>(tracks: readonly T[]): Promise<T | null> {
  let fallback: T | null = null
  for (const track of tracks) {
    if ((await track.getCodec()) === null) continue
    if ((await track.getDisposition()).default) return track
    fallback ??= track
  }
  return fallback
}

/** The same track of the same file, opened once more: its tracks are listed in the same order. */
async function findSame<T extends InputTrack>(track: T, tracks: readonly T[], others: readonly T[]): Promise<T> {
  const same = others[tracks.indexOf(track)] ?? track
  // A table that breaks off throws at whoever looks into it first, and serves as far as it goes after that.
  await same.getDurationFromMetadata().catch(() => null)
  return same
}

/** Upright, square pixels. */
async function findDisplaySize(track: InputVideoTrack, movie: MovieBox | null): Promise<DisplaySize> {
  const [width, height] = [await track.getCodedWidth(), await track.getCodedHeight()]
  const told = ((await track.getSquarePixelWidth()) * height) / ((await track.getSquarePixelHeight()) * width)
  const shape = movie === null ? null : findStatedShape(movie, track.id)
  const { widthPx, heightPx } = squarePixels(width, height, shape ?? told)
  const isSideways = (await track.getRotation()) % 180 !== 0
  return isSideways ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx }
}

/** Matroska has no table of pictures, and some codecs tell their colours in the first of them only. */
const readPictures = async (track: InputVideoTrack): Promise<PictureFacts> => ({
  isHdr: await isHdr(track),
  frameRate: await findFrameRate(track),
})

/** Wide colours alone are no high dynamic range: phones write Display P3, and BT.2020 has a plain variant. */
async function isHdr(track: InputVideoTrack): Promise<boolean> {
  const { transfer } = (await track.getColorSpace()) as StatedColors
  return transfer === 'pq' || transfer === 'hlg'
}

/** Enough packets to even out a phone's varying rate, few enough to stay within the first second of a WebM. */
const packetsForRate = 30

async function findFrameRate(track: InputVideoTrack): Promise<number | null> {
  try {
    const metrics = await track.computeFrameRateMetrics({ targetPacketCount: packetsForRate })
    return metrics.probedPacketCount > 1 ? tellFrameRate(metrics.underlyingFrameRate ?? metrics.averageFrameRate) : null
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
