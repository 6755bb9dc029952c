// The second way to look into a film or a sound: FFmpeg's own demuxer, fed through callbacks, so that it sees one
// stored object and neither files nor the network. For codecs and dialects that mediabunny does not know. Runs in the
// reader's process only.
import {
  AVERROR_EOF,
  AVFMT_FLAG_CUSTOM_IO,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_CUR,
  AVSEEK_END,
  AVSEEK_FLAG_BACKWARD,
  AVSEEK_SIZE,
  AV_CODEC_ID_NONE,
  AV_DISPOSITION_ATTACHED_PIC,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PKT_DATA_ENCRYPTION_INIT_INFO,
} from 'node-av/constants'
import {
  avGetCodecName,
  Codec,
  FFmpegError,
  FormatContext,
  InputFormat,
  IOContext,
  Packet,
  type CodecContext,
  type Stream,
} from 'node-av/lib'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { accept, refuse } from '@shoebox/shared/result.ts'
import { decideColors } from '../frame/colors.ts'
import type { FramePacket } from '../frame/decode-until.ts'
import { isBareAac } from '../play/plan-scrub.ts'
import type { BlockSource } from './block-source.ts'
import { judgeFacts, squarePixels, tellDurationMs, tellFrameRate, typeOf } from './judge-facts.ts'
import type { MediaFacts } from './media-reading.ts'
import type { OpenedMedia } from './open-media.ts'
import { nameWords } from './name-words.ts'
import { findRecordedAt, readCapture, readCover, readTags } from './read-words.ts'
import { posterSeconds, type DisplaySize } from './track-packets.ts'

/** FFmpeg's demuxer for each type: a file cannot choose another one. */
const demuxers: Readonly<Record<TimedType, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/webm': 'matroska',
  'video/matroska': 'matroska',
  'audio/mp4': 'mov',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/wav': 'wav',
}

/** What FFmpeg may read to find out about streams whose headers do not say everything. */
const analysedBytesMax = 2n ** 20n
const analysedMicrosecondsMax = 2_000_000n
const bufferBytes = 64 * 1024

export async function probeWithFfmpeg(source: BlockSource, type: TimedType): Promise<OpenedMedia> {
  const context = new FormatContext()
  try {
    await openInput(context, source, type === 'audio/mp4' && (await isBareAac(source)) ? 'aac' : demuxers[type])
    const streams = context.streams.filter(({ codecpar }) => codecpar.codecId !== AV_CODEC_ID_NONE)
    const video = streams.find((stream) => isOf(stream, AVMEDIA_TYPE_VIDEO) && !isCover(stream)) ?? null
    const audio = streams.find((stream) => isOf(stream, AVMEDIA_TYPE_AUDIO) && isAudible(stream)) ?? null
    if (video !== null && type.startsWith('audio/') && type !== 'audio/mp4')
      return refuse({ reason: 'media_no_track', detail: `pictures in ${type}` })
    if (![video, audio].some((stream) => stream !== null && isDecodable(stream)))
      return refuse({ reason: 'media_no_track', detail: `${streams.length} streams, none readable` })
    const words = nameWords(context, await readAttached(context, streams.filter(isCover)))
    const facts: MediaFacts = {
      type: typeOf(type, video !== null),
      durationMs: findDurationMs(context, [video, audio]),
      video: video === null ? null : describeVideo(video),
      audio: audio === null ? null : describeAudio(audio),
      tags: readTags(words),
      recordedAt: findRecordedAt(words),
      capture: readCapture(words),
    }
    const tooMuch = judgeFacts(facts, source.bytes)
    if (tooMuch !== null) return refuse(tooMuch)
    return accept({
      facts,
      cover: readCover(words),
      readPictures: null,
      openFrames: video === null || !isDecodable(video) ? null : async () => openFrames(context, video, facts),
      openSound: audio === null || !isDecodable(audio) ? null : async () => openSound(context, audio, video !== null),
      close: () => void context.closeInput(),
    })
  } catch (error) {
    return refuse({ reason: 'media_damaged', detail: error instanceof Error ? error.message : String(error) })
  }
}

async function openInput(context: FormatContext, source: BlockSource, demuxer: string): Promise<void> {
  context.allocContext()
  context.pb = makeInput(source)
  context.setFlags(AVFMT_FLAG_CUSTOM_IO)
  context.probesize = analysedBytesMax
  context.maxAnalyzeDuration = analysedMicrosecondsMax
  FFmpegError.throwIfError(await context.openInput('', InputFormat.findInputFormat(demuxer)), 'open')
  FFmpegError.throwIfError(await context.findStreamInfo(), 'find streams')
}

function makeInput(source: BlockSource): IOContext {
  const input = new IOContext()
  let position = 0
  let seeks = 0
  const read = async (size: number): Promise<Buffer | number> => {
    if (seeks > seeksMax) return ioError
    if (position >= source.bytes) return AVERROR_EOF
    const bytes = await source.read(position, Math.min(source.bytes, position + size))
    position += bytes.length
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  const seek = (offset: bigint, whence: number): bigint => {
    seeks += 1
    if (seeks > seeksMax) return BigInt(ioError)
    if (whence === AVSEEK_SIZE) return BigInt(source.bytes)
    const base = whence === AVSEEK_CUR ? position : whence === AVSEEK_END ? source.bytes : 0
    position = Math.max(0, base + Number(offset))
    return BigInt(position)
  }
  // An error thrown at FFmpeg's thread has nobody to catch it: it hears of a failed read.
  const readOrFail = (size: number) => read(size).catch(() => ioError)
  input.allocContextWithCallbacks(bufferBytes, 0, readOrFail, undefined, seek)
  return input
}

/** A sound of four hours beside a film takes fewer. Each crosses two threads, which costs time that nobody counts. */
const seeksMax = 20_000

/** EIO, as FFmpeg writes it. */
const ioError = -5

const isOf = (stream: Stream, kind: number): boolean => stream.codecpar.codecType === kind
/** A film keeps its pictures where what is said of its sound makes no sense. */
const isAudible = ({ codecpar }: Stream): boolean => codecpar.channelLayout.nbChannels > 0 && codecpar.sampleRate > 0
const isCover = (stream: Stream): boolean => (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) !== 0
/** Encrypted streams would decode to noise. */
const isDecodable = ({ codecpar, metadata }: Stream): boolean =>
  Codec.findDecoder(codecpar.codecId) !== null &&
  metadata?.get('enc_key_id') == null &&
  codecpar.getCodedSideData(AV_PKT_DATA_ENCRYPTION_INIT_INFO) === null

function findDurationMs(context: FormatContext, streams: readonly (Stream | null)[]): number | null {
  const seconds = streams.map((stream) =>
    stream === null || stream.duration === AV_NOPTS_VALUE
      ? 0
      : (Number(stream.duration) * stream.timeBase.num) / stream.timeBase.den,
  )
  const whole = context.duration === AV_NOPTS_VALUE ? 0 : Number(context.duration) / 1e6
  const longest = Math.max(...seconds) > 0 ? Math.max(...seconds) : whole
  return tellDurationMs(longest)
}

/** The first attached picture. FFmpeg hands them out before all other packets; asking the stream for its own crashes. */
async function readAttached(context: FormatContext, covers: readonly Stream[]): Promise<Uint8Array | null> {
  if (covers.length === 0) return null
  using packet = new Packet()
  packet.alloc()
  if ((await context.readFrame(packet)) < 0 || !covers.some(({ index }) => index === packet.streamIndex)) return null
  return packet.data === null ? null : Uint8Array.from(packet.data)
}

const ratioOf = ({ num, den }: { readonly num: number; readonly den: number }): number | null =>
  num > 0 && den > 0 ? num / den : null

const sizeOf = ({ codecpar, sampleAspectRatio }: Stream): DisplaySize =>
  squarePixels(codecpar.width, codecpar.height, ratioOf(sampleAspectRatio) ?? ratioOf(codecpar.sampleAspectRatio) ?? 1)

/** How to bring the picture upright: the matrix holds 3 by 3 numbers, of which four turn and mirror. */
function orientationOf({ codecpar }: Stream): { rotation: number; isMirrored: boolean } {
  const matrix = codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)
  if (matrix === null || matrix.length < 36) return { rotation: 0, isMirrored: false }
  const [a, b, c, d] = [0, 4, 12, 16].map((at) => matrix.readInt32LE(at)) as [number, number, number, number]
  const isMirrored = a * d - b * c < 0
  // It is mirrored once it is turned, and its first column with it.
  const turned = Math.round((Math.atan2(b, isMirrored ? -a : a) * 2) / Math.PI) * 90
  return { rotation: (turned + 360) % 360, isMirrored }
}

function describeVideo(stream: Stream): MediaFacts['video'] {
  const { widthPx, heightPx } = sizeOf(stream)
  const isSideways = orientationOf(stream).rotation % 180 !== 0
  const { codecpar } = stream
  const [average, exact] = [ratioOf(stream.avgFrameRate), ratioOf(stream.rFrameRate)]
  // The average of a short film suffers from rounded times; the exact rate of an uneven one is a common multiple.
  const rate = average !== null && exact !== null && Math.abs(exact / average - 1) < 0.02 ? exact : average
  const { transfer } = decideColors({}, { ...colorsOf(stream), height: codecpar.height })
  return {
    codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
    widthPx: isSideways ? heightPx : widthPx,
    heightPx: isSideways ? widthPx : heightPx,
    frameRate: tellFrameRate(rate),
    isHdr: transfer !== 'sdr',
  }
}

const colorsOf = ({ codecpar: { colorSpace, colorTrc, colorPrimaries, colorRange } }: Stream) => ({
  colorSpace,
  colorTrc,
  colorPrimaries,
  colorRange,
})

function describeAudio({ codecpar }: Stream): MediaFacts['audio'] {
  const { codecId, sampleRate, channelLayout } = codecpar
  return { codec: avGetCodecName(codecId) ?? 'unknown', channels: channelLayout.nbChannels, sampleRateHz: sampleRate }
}

const configureFrom = (stream: Stream) => (context: CodecContext) =>
  FFmpegError.throwIfError(stream.codecpar.toContext(context), 'codec parameters')

async function openFrames(context: FormatContext, stream: Stream, facts: MediaFacts) {
  const begin = stream.startTime === AV_NOPTS_VALUE ? 0n : stream.startTime
  const ticks = (posterSeconds(facts.durationMs) * stream.timeBase.den) / stream.timeBase.num
  const wantedPts = begin + BigInt(Math.round(ticks))
  // Where seeking fails, the first picture will do.
  await context.seekFrame(stream.index, wantedPts, AVSEEK_FLAG_BACKWARD)
  return {
    codecId: stream.codecpar.codecId,
    configure: configureFrom(stream),
    widthPx: facts.video?.widthPx ?? 0,
    heightPx: facts.video?.heightPx ?? 0,
    ...orientationOf(stream),
    colors: {},
    packets: posterPackets(context, stream, wantedPts),
    wantedPts,
  }
}

async function openSound(context: FormatContext, stream: Stream, wasRead: boolean) {
  // Not before it has to: of a sound in a single packet none would be left.
  if (wasRead) await context.seekFrame(stream.index, 0n, AVSEEK_FLAG_BACKWARD)
  return {
    codecId: stream.codecpar.codecId,
    configure: configureFrom(stream),
    sampleRateHz: stream.codecpar.sampleRate,
    packets: soundPackets(context, stream),
  }
}

async function* posterPackets(context: FormatContext, stream: Stream, wantedPts: bigint): AsyncGenerator<FramePacket> {
  let hasBegun = false
  for await (const { data, isKeyframe, pts, dts } of packetsOf(context, stream)) {
    // A picture is never decoded after it is shown, so none of what follows is shown before.
    const isEnough = (hasBegun && dts !== AV_NOPTS_VALUE ? dts : pts) >= wantedPts
    hasBegun ||= isKeyframe
    if (hasBegun && data !== null) yield { data: Uint8Array.from(data), pts, isEnough }
  }
}

async function* soundPackets(context: FormatContext, stream: Stream) {
  for await (const { data } of packetsOf(context, stream)) if (data !== null) yield Uint8Array.from(data)
}

/** One packet at a time, in the same memory. */
async function* packetsOf(context: FormatContext, stream: Stream): AsyncGenerator<Packet> {
  using packet = new Packet()
  packet.alloc()
  while ((await context.readFrame(packet)) >= 0) {
    if (packet.streamIndex === stream.index) yield packet
    packet.unref()
  }
}
