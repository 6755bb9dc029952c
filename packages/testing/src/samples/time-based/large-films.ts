// Films of close to 2 GB as phones, cameras, editors and browsers write them: real headers, tables and indexes over
// packets that are mostly padding, which decoders skip.
import { Demuxer, Muxer } from 'node-av/api'
import { AVSEEK_CUR, AVSEEK_END } from 'node-av/constants'
import { Packet } from 'node-av/lib'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { encodeMedia, type StreamPlan } from './encode-media.ts'
import { aac, h264, opus, vp9 } from './films.ts'
import { SparseFile } from './sparse-file.ts'

export type LargeFilm = { readonly name: string; readonly type: TimedType; readonly make: () => Promise<SparseFile> }

/** Of three seconds each: a little under six minutes at the 48 Mbit/s of a phone's 4K. */
const turns = 113
const pictureBytes = 205_000

type FilmPlan = {
  readonly format: 'mp4' | 'mov' | 'matroska' | 'webm'
  readonly options?: Readonly<Record<string, string | number>>
}

async function makeLarge({ format, options = {} }: FilmPlan): Promise<SparseFile> {
  const streams: StreamPlan[] = format === 'webm' ? [vp9, opus] : [h264, aac]
  const short = await encodeMedia({ format, streams })
  const film = new SparseFile()
  await using demuxer = await Demuxer.open(short)
  const muxer = await Muxer.open(writeInto(film), { format, bufferSize: 2 ** 20, options })
  const tracks = demuxer.streams.map((stream) => ({ index: muxer.addStream(stream), lengthPts: 0n }))
  const packets: Packet[] = []
  for await (const packet of demuxer.packets()) {
    const track = tracks[packet?.streamIndex ?? -1]
    if (packet === null || track === undefined) continue
    track.lengthPts += packet.duration
    packets.push(demuxer.video()?.index === packet.streamIndex ? pad(packet, format) : packet)
  }
  for (let turn = 0n; turn < turns; turn += 1n)
    for (const packet of packets) {
      const { index, lengthPts } = tracks[packet.streamIndex] ?? { index: 0, lengthPts: 0n }
      using later = packet.clone()
      if (later === null) throw new Error('no memory for a packet')
      later.pts += turn * lengthPts
      later.dts += turn * lengthPts
      await muxer.writePacket(later, index)
    }
  await muxer.close()
  return film
}

/** Where FFmpeg writes to. */
function writeInto(file: SparseFile) {
  let at = 0
  return {
    write(data: Buffer) {
      file.write(at, data)
      at += data.length
    },
    seek(offset: bigint, whence: number) {
      if (whence === AVSEEK_END) at = file.bytes + Number(offset)
      else at = whence === AVSEEK_CUR ? at + Number(offset) : Number(offset)
      return at
    },
  }
}

/** H.264 has a unit for it; VP9 passes over zeros behind a picture. */
function pad(packet: Packet, format: FilmPlan['format']): Packet {
  const data = packet.data ?? Buffer.alloc(0)
  const padding = Buffer.alloc(pictureBytes - data.length)
  if (format !== 'webm') {
    padding.writeUInt32BE(padding.length - 4)
    padding.writeUInt8(fillerUnit, 4)
  }
  const padded = new Packet()
  padded.alloc()
  padded.data = Buffer.concat([data, padding])
  const { flags, pts, dts, duration, timeBase, streamIndex } = packet
  return Object.assign(padded, { flags, pts, dts, duration, timeBase, streamIndex })
}

/** `nal_unit_type` of filler data (H.264, 7.4.1). */
const fillerUnit = 12

export const largeFilms: readonly LargeFilm[] = [
  {
    name: 'MP4, its header in front',
    type: 'video/mp4',
    make: () => makeLarge({ format: 'mp4', options: { moov_size: 2 ** 20 } }),
  },
  { name: 'MP4, its header behind', type: 'video/mp4', make: () => makeLarge({ format: 'mp4' }) },
  {
    name: 'MP4 in fragments',
    type: 'video/mp4',
    make: () => makeLarge({ format: 'mp4', options: { movflags: 'frag_keyframe+empty_moov+default_base_moof' } }),
  },
  { name: 'QuickTime, its header behind', type: 'video/quicktime', make: () => makeLarge({ format: 'mov' }) },
  { name: 'Matroska with an index', type: 'video/matroska', make: () => makeLarge({ format: 'matroska' }) },
  { name: 'WebM with an index', type: 'video/webm', make: () => makeLarge({ format: 'webm' }) },
  {
    name: 'WebM as a browser records it',
    type: 'video/webm',
    make: () => makeLarge({ format: 'webm', options: { live: 1 } }),
  },
]
