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

/** What the way from the key packet to the wanted picture may cost. The key packet itself is always decoded. */
export type WayLimits = {
  /** Packets behind the key packet. */
  readonly bytesMax: number
  /** Decoded pictures that the decoder may hold to refer back to, in bytes: a hostile stream refers to all it can. */
  readonly heldBytesMax: number
  /** Decoded in all: what bounds the time. */
  readonly pixelsMax: number
}

/** A stream refers to 16 pictures at most, beside the one that is being decoded. */
const heldMax = 17

/** How many packets may pass without a picture. */
const emptyPacketsMax = 16

/** Fills `frame`; false where nothing decodes. */
export async function decodeUntil(
  context: CodecContext,
  { packets, wantedPts }: FramePackets,
  limits: WayLimits,
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
  const isSpent = (): boolean => {
    const { width, height, pixelFormat } = context
    const heldBytes = Math.min(count + 1, heldMax) * avImageGetBufferSize(pixelFormat, width, height, 1)
    return (
      bytes >= limits.bytesMax || heldBytes > limits.heldBytesMax || (count + 1) * width * height > limits.pixelsMax
    )
  }

  for await (const { data, pts, isEnough } of packets) {
    packet.data = Buffer.from(data)
    packet.pts = pts
    packet.isKeyframe = count === 0
    const sent = context.sendPacketSync(packet)
    packet.unref()
    if (sent < 0) break
    if (receive()) return true
    if (count > 0) bytes += data.length
    count += 1
    if (!isDrained && (isEnough || isSpent())) {
      if (drain()) return true
      isDrained = true
      context.flushBuffers()
    }
    if (!hasPicture && count >= emptyPacketsMax) break
  }
  return drain()
}
