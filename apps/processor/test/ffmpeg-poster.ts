// B8's peer: FFmpeg on a whole file, as projects do it that call its command line: open, seek to the first second,
// decode one frame, convert and shrink it with swscale.
import { Decoder, Demuxer, FilterAPI } from 'node-av/api'
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants'

export type PeerFrame = { readonly rgb: Uint8Array; readonly packetBytes: number }

const widthPx = 1600
const heightPx = 900

export async function decodeWithFfmpeg(path: string): Promise<PeerFrame> {
  await using demuxer = await Demuxer.open(path)
  const stream = demuxer.video()
  if (stream === undefined) throw new Error('no pictures')
  const { index } = stream
  using decoder = await Decoder.create(stream)
  await demuxer.seek(1, -1, AVSEEK_FLAG_BACKWARD)
  using filter = FilterAPI.create(
    `scale=w=${widthPx}:h=${heightPx}:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:out_range=full,format=rgb24`,
  )
  let packetBytes = 0
  async function* packets() {
    for await (const packet of demuxer.packets(index)) {
      if (packet !== null && packetBytes === 0) packetBytes = packet.size
      yield packet
    }
  }
  for await (const frame of filter.frames(decoder.frames(packets()))) {
    if (frame !== null) return { rgb: Uint8Array.from(frame.toBuffer()), packetBytes }
  }
  throw new Error('no frame')
}
