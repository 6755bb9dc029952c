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
  /** How long its packets are heard, where not all of the first and the last of them is. */
  readonly secondsMax?: number
  /** The sound that follows in the same file, coded anew; null behind the last. */
  readonly openNext?: () => Promise<SoundSource | null>
}

export type Waveform = {
  readonly peaks: readonly number[]
  /** What was really decoded; 0 when not one packet was sound. */
  readonly durationMs: number
}

export type DecodedSound = {
  /** `unknown codec`: no decoder for it here; `broken off`: the file cannot be followed to its end. */
  readonly end: 'decoded' | 'unknown codec' | 'over budget' | 'broken off'
  /** As far as it was decoded. */
  readonly waveform: Waveform
}

export type PeakBudget = {
  /** Milliseconds of CPU used since the work began; beyond the limit there is no waveform. */
  readonly spentMs: () => number
  readonly limitMs: number
}

/** Decodes a sound from its first packet to its last, as far as the budget goes. */
export async function decodePeaks(source: SoundSource, budget: PeakBudget): Promise<DecodedSound> {
  const { sampleRateHz: rate, secondsMax = Infinity } = source
  const line = new PeakLine(rate)
  const conclude = (end: DecodedSound['end']): DecodedSound => ({
    end,
    waveform: {
      peaks: line.toPeaks(),
      durationMs: Math.min(line.durationMs, Math.max(1, Math.round(secondsMax * 1000))),
    },
  })
  let part: SoundSource | null = source
  try {
    for (; part !== null; part = (await part.openNext?.()) ?? null) {
      const end = await decodePart(part, (peak, seconds) => line.add(peak, Math.round(seconds * rate)), budget)
      if (end !== 'decoded') return conclude(end)
    }
  } catch (error) {
    if (line.samples === 0) throw error
    return conclude('broken off')
  }
  return conclude('decoded')
}

async function decodePart(
  source: SoundSource,
  add: (peak: number, seconds: number) => void,
  budget: PeakBudget,
): Promise<DecodedSound['end']> {
  const codec = Codec.findDecoder(source.codecId)
  if (codec === null) return 'unknown codec'
  using context = openDecoder(source, codec)
  using packet = new Packet()
  packet.alloc()
  using frame = new Frame()
  frame.alloc()
  const takeFrames = (): void => {
    while (context.receiveFrameSync(frame) === 0) {
      const peak = measurePeak(frame.data ?? [], frame.format, frame.nbSamples, frame.channels)
      // AAC comes out at twice the rate that its header states where the rest of it is told apart from the core.
      add(peak, frame.nbSamples / (frame.sampleRate || source.sampleRateHz))
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
    if (count % 256 === 0 && budget.spentMs() > budget.limitMs) return 'over budget'
  }
  context.sendPacketSync(null)
  takeFrames()
  return 'decoded'
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
