// What the decoders need of a mediabunny track. Runs in the reader's process only.
import { EncodedPacketSink, type InputAudioTrack, type InputTrack, type InputVideoTrack } from 'mediabunny'
import {
  AV_CODEC_ID_AV1,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_NONE,
  AV_CODEC_ID_PRORES,
  AV_CODEC_ID_VP8,
  AV_CODEC_ID_VP9,
  AV_CODEC_ID_AAC,
  AV_CODEC_ID_AC3,
  AV_CODEC_ID_ALAC,
  AV_CODEC_ID_DTS,
  AV_CODEC_ID_EAC3,
  AV_CODEC_ID_FLAC,
  AV_CODEC_ID_MP3,
  AV_CODEC_ID_OPUS,
  AV_CODEC_ID_PCM_ALAW,
  AV_CODEC_ID_PCM_F32BE,
  AV_CODEC_ID_PCM_F32LE,
  AV_CODEC_ID_PCM_F64BE,
  AV_CODEC_ID_PCM_F64LE,
  AV_CODEC_ID_PCM_MULAW,
  AV_CODEC_ID_PCM_S16BE,
  AV_CODEC_ID_PCM_S16LE,
  AV_CODEC_ID_PCM_S24BE,
  AV_CODEC_ID_PCM_S24LE,
  AV_CODEC_ID_PCM_S32BE,
  AV_CODEC_ID_PCM_S32LE,
  AV_CODEC_ID_PCM_S8,
  AV_CODEC_ID_PCM_U8,
  AV_CODEC_ID_VORBIS,
  AV_CHANNEL_ORDER_UNSPEC,
  type AVCodecID,
} from 'node-av/constants'
import { Rational, type CodecContext } from 'node-av/lib'
import type { SoundSource } from '../../audio/decode-peaks.ts'
import type { FrameSource } from '../frame/decode-frame.ts'
import { findSegment, type EditList } from './edit-list.ts'
import { posterPackets, toMicroseconds } from './poster-packets.ts'

/** FFmpeg's decoder for each of mediabunny's names. */
const codecIds: Readonly<Record<string, AVCodecID>> = {
  avc: AV_CODEC_ID_H264,
  hevc: AV_CODEC_ID_HEVC,
  vp8: AV_CODEC_ID_VP8,
  vp9: AV_CODEC_ID_VP9,
  av1: AV_CODEC_ID_AV1,
  prores: AV_CODEC_ID_PRORES,
  aac: AV_CODEC_ID_AAC,
  ac3: AV_CODEC_ID_AC3,
  alac: AV_CODEC_ID_ALAC,
  alaw: AV_CODEC_ID_PCM_ALAW,
  dts: AV_CODEC_ID_DTS,
  eac3: AV_CODEC_ID_EAC3,
  flac: AV_CODEC_ID_FLAC,
  mp3: AV_CODEC_ID_MP3,
  opus: AV_CODEC_ID_OPUS,
  'pcm-f32': AV_CODEC_ID_PCM_F32LE,
  'pcm-f32be': AV_CODEC_ID_PCM_F32BE,
  'pcm-f64': AV_CODEC_ID_PCM_F64LE,
  'pcm-f64be': AV_CODEC_ID_PCM_F64BE,
  'pcm-s16': AV_CODEC_ID_PCM_S16LE,
  'pcm-s16be': AV_CODEC_ID_PCM_S16BE,
  'pcm-s24': AV_CODEC_ID_PCM_S24LE,
  'pcm-s24be': AV_CODEC_ID_PCM_S24BE,
  'pcm-s32': AV_CODEC_ID_PCM_S32LE,
  'pcm-s32be': AV_CODEC_ID_PCM_S32BE,
  'pcm-s8': AV_CODEC_ID_PCM_S8,
  'pcm-u8': AV_CODEC_ID_PCM_U8,
  ulaw: AV_CODEC_ID_PCM_MULAW,
  vorbis: AV_CODEC_ID_VORBIS,
}

/** A poster shows the first second or the first tenth, whichever comes earlier: late enough to be past a black start. */
export const posterSeconds = (durationMs: number | null): number =>
  durationMs === null ? 0 : Math.min(1, (durationMs / 1000) * 0.1)

/** Upright, square pixels. */
export type DisplaySize = Pick<FrameSource, 'widthPx' | 'heightPx'>

export async function frameSourceOf(
  track: InputVideoTrack,
  size: DisplaySize,
  durationMs: number | null,
  edits: EditList | null,
): Promise<FrameSource> {
  const config = await track.getDecoderConfig()
  const played = (await findBegin(track, edits)) + posterSeconds(durationMs)
  const segment = edits === null ? null : findSegment(edits, played)
  const wantedSeconds = played + (segment?.shift ?? 0)
  const [codedWidthPx, codedHeightPx] = [await track.getCodedWidth(), await track.getCodedHeight()]
  return {
    codecId: codecIds[(await track.getCodec()) ?? ''] ?? AV_CODEC_ID_NONE,
    configure(context) {
      context.width = codedWidthPx
      context.height = codedHeightPx
      setDescription(context, config?.description as Description)
    },
    ...size,
    rotation: await track.getRotation(),
    isMirrored: await track.getFlip().catch(() => false),
    colors: await track.getColorSpace(),
    packets: posterPackets(track, wantedSeconds, segment),
    wantedPts: toMicroseconds(wantedSeconds),
  }
}

/** What was cut away from the beginning comes before it. */
async function findBegin(track: InputVideoTrack, edits: EditList | null): Promise<number> {
  const begin = edits?.begin ?? 0
  return edits === null || edits.isPlain ? Math.max(begin, await track.getFirstTimestamp()) : begin
}

export async function soundSourceOf(track: InputAudioTrack, edits: EditList | null = null): Promise<SoundSource> {
  const config = await track.getDecoderConfig()
  const [nbChannels, sampleRateHz] = [await track.getNumberOfChannels(), await track.getSampleRate()]
  return {
    codecId: codecIds[(await track.getCodec()) ?? ''] ?? AV_CODEC_ID_NONE,
    configure(context) {
      context.sampleRate = sampleRateHz
      context.channelLayout = { nbChannels, order: AV_CHANNEL_ORDER_UNSPEC, mask: 0n }
      context.timeBase = new Rational(1, sampleRateHz)
      setDescription(context, config?.description as Description)
    },
    sampleRateHz,
    ...(edits === null
      ? { packets: packetsFrom(track) }
      : { packets: packetsOfParts(track, edits), secondsMax: secondsOfParts(edits) }),
  }
}

async function* packetsFrom(track: InputTrack) {
  const sink = new EncodedPacketSink(track)
  for (let packet = await sink.getFirstPacket(); packet !== null; packet = await sink.getNextPacket(packet))
    yield packet.data
}

/** Whole packets: the first and the last of a part may reach beyond it. */
async function* packetsOfParts(track: InputTrack, { segments }: EditList) {
  const sink = new EncodedPacketSink(track)
  for (const { begin, end, shift } of segments) {
    let packet = (await sink.getPacket(begin + shift)) ?? (await sink.getFirstPacket())
    for (; packet !== null && packet.timestamp < end + shift; packet = await sink.getNextPacket(packet))
      yield packet.data
  }
}

const secondsOfParts = ({ segments }: EditList): number =>
  segments.reduce((sum, { begin, end }) => sum + end - begin, 0)

/** mediabunny names a type of the browser's, which Node's types do not have. */
type Description = ArrayBuffer | SharedArrayBuffer | ArrayBufferView | undefined

/** The codec's own header, as the container keeps it. */
function setDescription(context: CodecContext, description: Description): void {
  if (description === undefined) return
  context.extraData = ArrayBuffer.isView(description)
    ? Buffer.from(description.buffer, description.byteOffset, description.byteLength)
    : Buffer.from(new Uint8Array(description))
}
