// Decodes from a key packet on until the picture that is shown at the wanted moment. What that may cost is bounded by
// bytes and by decoded pictures, never by the clock, so that the same film has the same poster each time; where the
// bound comes first, the last picture before it will do.
import { avImageGetBufferSize, Frame, Packet, type CodecContext } from 'node-av/lib'

/** A packet on the way to the wanted picture. Times are in ticks that only the source knows. */
export type FramePacket = {
  readonly data: Uint8Array
  readonly pts: bigint
  /** No packet after this one is needed for the wanted picture. */
  readonly isEnough: boolean
}

export type FramePackets = {
  /** The key packet first, then what follows it: some streams show nothing before the second or third packet. */
  readonly packets: AsyncIterable<FramePacket>
  /** The picture shown at this moment is wanted. */
  readonly wantedPts: bigint
}

/** Decoded pictures, in bytes. A hostile stream may refer back to so many of them that none can be let go. */
const picturesMax = 768 * 2 ** 20

/** How many packets may pass without a picture. */
const emptyPacketsMax = 16

/** Fills `frame`; false where nothing decodes. On the way from the key packet about `bytesMax` are read. */
export async function decodeUntil(
  context: CodecContext,
  { packets, wantedPts }: FramePackets,
  bytesMax: number,
  frame: Frame,
): Promise<boolean> {
  using packet = new Packet()
  packet.alloc()
  using next = new Frame()
  next.alloc()
  let [hasPicture, isDrained] = [false, false]
  let [bytes, count] = [0, 0]

  /** Takes what the decoder has; true at the wanted picture. */
  const receive = (): boolean => {
    while (context.receiveFrameSync(next) === 0) {
      if (hasPicture && next.pts > wantedPts) return true
      frame.unref()
      frame.ref(next)
      hasPicture = true
      if (next.pts >= wantedPts) return true
    }
    return false
  }
  /** A decoder that reorders gives up what it holds back once it is told that no more will come. */
  const drain = (): boolean => {
    if (context.sendPacketSync(null) === 0) receive()
    return hasPicture
  }
  const isSpent = (): boolean =>
    bytes >= bytesMax ||
    (count + 1) * avImageGetBufferSize(context.pixelFormat, context.width, context.height, 1) > picturesMax

  for await (const { data, pts, isEnough } of packets) {
    packet.data = Buffer.from(data)
    packet.pts = pts
    packet.isKeyframe = count === 0
    const sent = context.sendPacketSync(packet)
    packet.unref()
    if (sent < 0) break
    if (receive()) return true
    count += 1
    bytes += data.length
    if (!isDrained && (isEnough || isSpent())) {
      if (drain()) return true
      isDrained = true
      context.flushBuffers()
    }
    if (!hasPicture && count >= emptyPacketsMax) break
  }
  return drain()
}
