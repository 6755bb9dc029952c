// The packets from a key frame to the picture that becomes the poster, as mediabunny finds them.
import { EncodedPacketSink, type EncodedPacket, type InputVideoTrack } from 'mediabunny'
import type { FramePacket, WayLimits } from '../frame/decode-until.ts'
import type { Segment } from './edit-list.ts'

const MB = 2 ** 20
/**
 * From the key frame before a film's poster to the poster: nothing where key frames are a second apart, else up to a
 * second of the film. 8 MB are that of 64 Mbit/s, and a thousand million pixels two seconds of 4K.
 */
export const posterLimits: WayLimits = { bytesMax: 8 * MB, heldBytesMax: 768 * MB, pixelsMax: 1e9 }

/** A key frame so soon behind that moment is as good: none is quite a second after another at 29.97 pictures a second. */
const keyLateSeconds = 0.05

/** A list's times are rounded to ticks of the movie's clock, 600 a second or more; pictures come less often than this. */
const tickSeconds = 0.005

export const toMicroseconds = (seconds: number): bigint => BigInt(Math.round(seconds * 1e6))

/** @param segment the part of the track that is played then; null where all of it is */
export async function* posterPackets(
  track: InputVideoTrack,
  wantedSeconds: number,
  segment: Segment | null,
): AsyncGenerator<FramePacket> {
  const sink = new EncodedPacketSink(track)
  const wanted = await sink.getPacket(wantedSeconds, { metadataOnly: true })
  const wantedNumber = wanted?.sequenceNumber ?? 0
  let packet = (await sink.getKeyPacket(wantedSeconds + keyLateSeconds)) ?? (await sink.getFirstPacket())
  if (packet !== null && segment !== null && packet.timestamp < segment.begin + segment.shift - tickSeconds)
    packet = await passOverCut(track, packet, wantedNumber, segment)
  for (; packet !== null; packet = await sink.getNextPacket(packet)) {
    const isEnough = packet.sequenceNumber >= wantedNumber
    yield { data: packet.data, pts: toMicroseconds(packet.timestamp), isEnough }
  }
}

/**
 * The key packet to begin with instead of one that was cut away. Where the limits end the way from that one early, a
 * picture would be shown that was cut away with it: then the next one that is played will do.
 */
async function passOverCut(
  track: InputVideoTrack,
  key: EncodedPacket,
  wantedNumber: number,
  { end, shift }: Segment,
): Promise<EncodedPacket> {
  const sink = new EncodedPacketSink(track)
  const pixels = (await track.getCodedWidth()) * (await track.getCodedHeight())
  let [packet, bytes, count]: [EncodedPacket | null, number, number] = [key, 0, 1]
  while (packet !== null && packet.sequenceNumber < wantedNumber) {
    packet = await sink.getNextPacket(packet, { metadataOnly: true })
    bytes += packet?.byteLength ?? 0
    count += 1
    if (bytes < posterLimits.bytesMax && count * pixels <= posterLimits.pixelsMax) continue
    const next = await sink.getNextKeyPacket(key)
    return next !== null && next.timestamp < end + shift ? next : key
  }
  return key
}
