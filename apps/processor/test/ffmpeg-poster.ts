// B8's peer: FFmpeg on a whole file, as projects do it that call its command line: open, seek to the key frame before the
// first second, decode up to that second, convert and shrink what is shown then with swscale.
import { Decoder, Demuxer, FilterAPI } from 'node-av/api'
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants'
import type { Frame } from 'node-av/lib'

export type PeerFrame = { readonly rgb: Uint8Array; readonly packetBytes: number }

const widthPx = 1600
const heightPx = 900

export async function decodeWithFfmpeg(path: string): Promise<PeerFrame> {
  await using demuxer = await Demuxer.open(path)
  const stream = demuxer.video()
  if (stream === undefined) throw new Error('no pictures')
  const { index, timeBase } = stream
  using decoder = await Decoder.create(stream)
  await demuxer.seek(1, -1, AVSEEK_FLAG_BACKWARD)
  let packetBytes = 0
  async function* packets() {
    for await (const packet of demuxer.packets(index)) {
      if (packet !== null && packetBytes === 0) packetBytes = packet.size
      yield packet
    }
  }
  async function* shown() {
    let last: Frame | null = null
    for await (const frame of decoder.frames(packets())) {
      if (frame === null) continue
      const seconds = (Number(frame.pts) * timeBase.num) / timeBase.den
      if (last !== null && seconds > 1) break
      last = frame.clone()
    }
    yield last
  }
  using filter = FilterAPI.create(
    `scale=w=${widthPx}:h=${heightPx}:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:out_range=full,format=rgb24`,
  )
  for await (const frame of filter.frames(shown())) {
    if (frame !== null) return { rgb: Uint8Array.from(frame.toBuffer()), packetBytes }
  }
  throw new Error('no frame')
}
