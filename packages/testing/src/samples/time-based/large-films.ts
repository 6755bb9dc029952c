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

/** Beside the sound, of about 300 bytes for each picture. */
const fileBytes = 2_085_000_000
const soundBytes = 300

type FilmPlan = {
  readonly format: 'mp4' | 'mov' | 'matroska' | 'webm'
  readonly options?: Readonly<Record<string, string | number>>
  readonly pictureBytes: number
  /** From one key frame to the next. */
  readonly gopSize: number
  /** How many pictures in a row may be shown before one that is stored before them. */
  readonly reordered?: number
}

/** Close to six minutes at the 48 Mbit/s of a phone's 4K, at 30 pictures a second. */
const filmed = { pictureBytes: 205_000, gopSize: 30 }
/** Close to two hours at the 2.5 Mbit/s of a browser that is not told otherwise. */
const recorded = { pictureBytes: 10_400, gopSize: 90 }
/** As long, from an editor or a converter: with tables of 6 MB. */
const edited = { pictureBytes: 10_400, gopSize: 250, reordered: 2 }

async function makeLarge({
  format,
  options = {},
  pictureBytes,
  gopSize,
  reordered = 0,
}: FilmPlan): Promise<SparseFile> {
  const pictures = { ...h264, options: { ...h264.options, bf: reordered }, gopSize }
  const streams: StreamPlan[] = format === 'webm' ? [{ ...vp9, gopSize }, opus] : [pictures, aac]
  const short = await encodeMedia({ format, streams })
  const film = new SparseFile()
  await using demuxer = await Demuxer.open(short)
  const muxer = await Muxer.open(writeInto(film), { format, bufferSize: 2 ** 20, options })
  const tracks = demuxer.streams.map((stream) => ({ index: muxer.addStream(stream), lengthPts: 0n }))
  const video = demuxer.video()?.index
  const packets: Packet[] = []
  for await (const packet of demuxer.packets()) {
    const track = tracks[packet?.streamIndex ?? -1]
    if (packet === null || track === undefined) continue
    track.lengthPts += packet.duration
    packets.push(packet.streamIndex === video ? pad(packet, format, pictureBytes) : packet)
  }
  let picturesLeft = Math.floor(fileBytes / (pictureBytes + soundBytes))
  for (let turn = 0n; picturesLeft > 0; turn += 1n)
    for (const packet of packets) {
      const track = tracks[packet.streamIndex]
      if (track === undefined || picturesLeft === 0) continue
      using later = packet.clone()
      if (later === null) throw new Error('no memory for a packet')
      later.pts += turn * track.lengthPts
      later.dts += turn * track.lengthPts
      await muxer.writePacket(later, track.index)
      if (packet.streamIndex === video) picturesLeft -= 1
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
function pad(packet: Packet, format: FilmPlan['format'], pictureBytes: number): Packet {
  const data = packet.data ?? Buffer.alloc(0)
  if (data.length > pictureBytes - unitHeaderBytes) return packet
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

/** A length of four bytes, then the type. */
const unitHeaderBytes = 5
/** `nal_unit_type` of filler data (H.264, 7.4.1). */
const fillerUnit = 12

const fragmented = 'frag_keyframe+empty_moov+default_base_moof'

export const largeFilms: readonly LargeFilm[] = [
  {
    name: 'MP4, its header in front',
    type: 'video/mp4',
    make: () => makeLarge({ ...filmed, format: 'mp4', options: { moov_size: 2 ** 20 } }),
  },
  { name: 'MP4, its header behind', type: 'video/mp4', make: () => makeLarge({ ...filmed, format: 'mp4' }) },
  {
    name: 'MP4 of two hours as an editor writes it, its header in front',
    type: 'video/mp4',
    make: () => makeLarge({ ...edited, format: 'mp4', options: { moov_size: 8 * 2 ** 20 } }),
  },
  {
    name: 'MP4 of two hours as an editor writes it, its header behind',
    type: 'video/mp4',
    make: () => makeLarge({ ...edited, format: 'mp4' }),
  },
  {
    name: 'MP4 in fragments with an index',
    type: 'video/mp4',
    make: () => makeLarge({ ...filmed, format: 'mp4', options: { movflags: fragmented } }),
  },
  {
    name: 'MP4 as a browser records it',
    type: 'video/mp4',
    make: () => makeLarge({ ...recorded, format: 'mp4', options: { movflags: `${fragmented}+skip_trailer` } }),
  },
  {
    name: 'QuickTime, its header behind',
    type: 'video/quicktime',
    make: () => makeLarge({ ...filmed, format: 'mov' }),
  },
  { name: 'Matroska with an index', type: 'video/matroska', make: () => makeLarge({ ...filmed, format: 'matroska' }) },
  { name: 'WebM with an index', type: 'video/webm', make: () => makeLarge({ ...filmed, format: 'webm' }) },
  {
    name: 'WebM as a browser records it',
    type: 'video/webm',
    make: () => makeLarge({ ...recorded, format: 'webm', options: { live: 1 } }),
  },
]
