// The waveform of a sound: decodes all of it, packet by packet, and keeps one number per packet. Runs in the reader's
// process only. Gives up without failing when the sound would take too much time.
import {
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
  AVMEDIA_TYPE_AUDIO,
  AV_CHANNEL_ORDER_UNSPEC,
  type AVCodecID,
} from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, Frame, Packet, Rational } from 'node-av/lib'
import { measurePeak } from './measure-peak.ts'
import { PeakLine } from './peak-line.ts'

const codecIds: Readonly<Record<string, AVCodecID>> = {
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

export type SoundSource = {
  readonly codec: string
  readonly description: Uint8Array | null
  readonly channels: number
  readonly sampleRateHz: number
  readonly packets: AsyncIterable<Uint8Array>
}

export type Waveform = {
  readonly peaks: readonly number[]
  /** What was really decoded; 0 when not one packet was sound. */
  readonly durationMs: number
}

export type DecodedSound =
  | { readonly end: 'decoded'; readonly waveform: Waveform }
  /** No decoder for this codec here. */
  | { readonly end: 'unknown codec' }
  | { readonly end: 'over budget' }

export type PeakBudget = {
  /** Milliseconds of CPU used since the work began; beyond the limit there is no waveform. */
  readonly spentMs: () => number
  readonly limitMs: number
}

/** Decodes a sound from its first packet to its last, as far as the budget goes. */
export async function decodePeaks(source: SoundSource, budget: PeakBudget): Promise<DecodedSound> {
  const codecId = codecIds[source.codec]
  const codec = codecId === undefined ? null : Codec.findDecoder(codecId)
  if (codecId === undefined || codec === null) return { end: 'unknown codec' }
  using context = openDecoder(source, codec, codecId)
  using packet = new Packet()
  packet.alloc()
  using frame = new Frame()
  frame.alloc()
  const line = new PeakLine(source.sampleRateHz)
  const takeFrames = (): void => {
    while (context.receiveFrameSync(frame) === 0) {
      line.add(measurePeak(frame.data ?? [], frame.format, frame.nbSamples, frame.channels), frame.nbSamples)
      frame.unref()
    }
  }
  let count = 0
  for await (const data of source.packets) {
    packet.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    // A broken packet is a gap, as it is in a player.
    context.sendPacketSync(packet)
    packet.unref()
    takeFrames()
    count += 1
    if (count % 256 === 0 && budget.spentMs() > budget.limitMs) return { end: 'over budget' }
  }
  context.sendPacketSync(null)
  takeFrames()
  return { end: 'decoded', waveform: { peaks: line.toPeaks(), durationMs: line.durationMs } }
}

function openDecoder(source: SoundSource, codec: Codec, codecId: AVCodecID): CodecContext {
  const context = new CodecContext()
  context.allocContext3(codec)
  context.codecType = AVMEDIA_TYPE_AUDIO
  context.codecId = codecId
  context.sampleRate = source.sampleRateHz
  context.channelLayout = { nbChannels: source.channels, order: AV_CHANNEL_ORDER_UNSPEC, mask: 0n }
  context.timeBase = new Rational(1, source.sampleRateHz)
  context.threadCount = 1
  if (source.description !== null) context.extraData = Buffer.from(source.description)
  FFmpegError.throwIfError(context.open2Sync(codec), 'open')
  return context
}
