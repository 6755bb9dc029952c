// What the decoders need of a mediabunny track. Runs in the reader's process only.
import {
  EncodedPacketSink,
  type EncodedPacket,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
} from 'mediabunny'
import type { SoundSource } from '../../audio/decode-peaks.ts'
import type { FrameSource } from '../frame/decode-frame.ts'

/** A poster shows the first second or the first tenth, whichever comes earlier: late enough to be past a black start. */
const posterSecondsMax = 1
const posterShare = 0.1

export async function frameSourceOf(track: InputVideoTrack, durationMs: number | null): Promise<FrameSource> {
  const config = await track.getDecoderConfig()
  return {
    codec: (await track.getCodec()) ?? '',
    description: bytesOf(config?.description as Description),
    codedWidthPx: await track.getCodedWidth(),
    codedHeightPx: await track.getCodedHeight(),
    widthPx: await track.getDisplayWidth(),
    heightPx: await track.getDisplayHeight(),
    rotation: await track.getRotation(),
    isMirrored: await track.getFlip().catch(() => false),
    colors: await track.getColorSpace(),
    packets: packetsFrom(track, () => findPosterPacket(track, durationMs)),
  }
}

export async function soundSourceOf(track: InputAudioTrack): Promise<SoundSource> {
  const config = await track.getDecoderConfig()
  return {
    codec: (await track.getCodec()) ?? '',
    description: bytesOf(config?.description as Description),
    channels: await track.getNumberOfChannels(),
    sampleRateHz: await track.getSampleRate(),
    packets: packetsFrom(track, () => new EncodedPacketSink(track).getFirstPacket()),
  }
}

async function findPosterPacket(track: InputVideoTrack, durationMs: number | null): Promise<EncodedPacket | null> {
  const sink = new EncodedPacketSink(track)
  const seconds = durationMs === null ? 0 : Math.min(posterSecondsMax, (durationMs / 1000) * posterShare)
  const begin = await track.getFirstTimestamp()
  return (await sink.getKeyPacket(begin + seconds)) ?? (await sink.getFirstPacket())
}

async function* packetsFrom(track: InputTrack, findFirst: () => Promise<EncodedPacket | null>) {
  const sink = new EncodedPacketSink(track)
  for (let packet = await findFirst(); packet !== null; packet = await sink.getNextPacket(packet)) yield packet.data
}

/** mediabunny names a type of the browser's, which Node's types do not have. */
type Description = ArrayBuffer | SharedArrayBuffer | ArrayBufferView | undefined

function bytesOf(description: Description): Uint8Array | null {
  if (description === undefined) return null
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description)
}
