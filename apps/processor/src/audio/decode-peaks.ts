// The waveform of a sound: decodes all of it, packet by packet, and keeps one number per packet. Runs in the reader's
// process only. Gives up without failing when the sound would take too much time.
import { AVMEDIA_TYPE_AUDIO, type AVCodecID } from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, Frame, Packet } from 'node-av/lib'
import { measurePeak } from './measure-peak.ts'
import { PeakLine } from './peak-line.ts'

export type SoundSource = {
  readonly codecId: AVCodecID
  /** Tells the decoder what the container says of the stream. */
  readonly configure: (context: CodecContext) => void
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
  /** The file cannot be followed to its end. */
  | { readonly end: 'broken off' }

export type PeakBudget = {
  /** Milliseconds of CPU used since the work began; beyond the limit there is no waveform. */
  readonly spentMs: () => number
  readonly limitMs: number
}

/** Decodes a sound from its first packet to its last, as far as the budget goes. */
export async function decodePeaks(source: SoundSource, budget: PeakBudget): Promise<DecodedSound> {
  const codec = Codec.findDecoder(source.codecId)
  if (codec === null) return { end: 'unknown codec' }
  using context = openDecoder(source, codec)
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
  try {
    for await (const data of source.packets) {
      packet.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      // A broken packet is a gap, as it is in a player.
      context.sendPacketSync(packet)
      packet.unref()
      takeFrames()
      count += 1
      if (count % 256 === 0 && budget.spentMs() > budget.limitMs) return { end: 'over budget' }
    }
  } catch (error) {
    if (line.samples === 0) throw error
    return { end: 'broken off' }
  }
  context.sendPacketSync(null)
  takeFrames()
  return { end: 'decoded', waveform: { peaks: line.toPeaks(), durationMs: line.durationMs } }
}

function openDecoder(source: SoundSource, codec: Codec): CodecContext {
  const context = new CodecContext()
  context.allocContext3(codec)
  context.codecType = AVMEDIA_TYPE_AUDIO
  context.codecId = source.codecId
  source.configure(context)
  context.threadCount = 1
  FFmpegError.throwIfError(context.open2Sync(codec), 'open')
  return context
}
