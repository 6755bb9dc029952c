// Films as phones, cameras and browsers write them, in little: three seconds, 320 by 180, with the traces that real ones
// carry. Each is made when it is asked for.
import { encodeMedia, type MediaPlan, type StreamPlan } from './encode-media.ts'

/** Somewhere in the desert: what must not be found in a copy that is played. */
export const secretPlace = '+35.4321-116.8765/'
export const secretDevice = 'Secret Camera 9000'

const pattern = 'testsrc2=size=320x180:rate=30:duration=3'
const tone = 'sine=frequency=440:duration=3'

export const h264: StreamPlan = {
  source: `${pattern},format=yuv420p`,
  encoder: 'libx264',
  options: { preset: 'ultrafast', crf: 30 },
  gopSize: 30,
}
export const aac: StreamPlan = { source: tone, encoder: 'aac', bitrate: '64k' }
export const opus: StreamPlan = { source: `${tone},aresample=48000`, encoder: 'libopus', bitrate: '48k' }

const traces = { title: 'A walk', location: secretPlace, model: secretDevice, comment: secretDevice }

/** The header at the end, as cameras write it. */
export const makeMp4 = (plan: Partial<MediaPlan> = {}): Promise<Buffer> =>
  encodeMedia({ format: 'mp4', tags: traces, streams: [h264, aac], ...plan })

/** The header first, as for the web. */
export const makeFastMp4 = (): Promise<Buffer> => makeMp4({ options: { movflags: 'faststart' } })

/** As a browser's recorder or a streaming packager writes it. */
export const makeFragmentedMp4 = (): Promise<Buffer> =>
  makeMp4({ options: { movflags: 'frag_keyframe+empty_moov+default_base_moof' } })

/** As a browser records it: with neither a length nor an index. */
export const makeRecordedMp4 = (): Promise<Buffer> =>
  makeMp4({ options: { movflags: 'frag_keyframe+empty_moov+default_base_moof+skip_trailer' } })

/** As a recorder writes it that may be cut off: the header counts the first second, the rest follows in fragments. */
export const makeHybridMp4 = (): Promise<Buffer> => makeMp4({ options: { movflags: 'frag_keyframe' } })

export const makeQuickTime = (): Promise<Buffer> =>
  encodeMedia({
    format: 'mov',
    tags: {
      'com.apple.quicktime.location.ISO6709': secretPlace,
      'com.apple.quicktime.model': secretDevice,
      'com.apple.quicktime.creationdate': '2026-06-15T14:30:05+0200',
    },
    options: { movflags: 'use_metadata_tags' },
    streams: [h264, aac],
  })

export const vp9: StreamPlan = {
  source: `${pattern},format=yuv420p`,
  encoder: 'libvpx-vp9',
  options: { deadline: 'realtime', 'cpu-used': 8 },
  bitrate: '150k',
  gopSize: 30,
}

export const makeWebm = (): Promise<Buffer> =>
  encodeMedia({ format: 'webm', tags: traces, streams: [{ ...vp9, tags: { title: secretDevice } }, opus] })

/** As a browser records it: with neither a length nor an index. */
export const makeRecordedWebm = (): Promise<Buffer> =>
  encodeMedia({ format: 'webm', streams: [vp9, opus], options: { live: 1 } })

export const makeMatroska = (): Promise<Buffer> =>
  encodeMedia({ format: 'matroska', tags: traces, streams: [h264, opus] })

/** A Matroska element whose length takes four bytes. @param id with its length marker, as the specifications print it */
function matroskaElement(id: string, body: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(0x1000_0000 + body.length)
  return Buffer.concat([Buffer.from(id, 'hex'), size, body])
}

/**
 * As a live recorder writes it: no index, a cluster of no stated length. Words stand in its first cluster in every way
 * that a player passes over: as padding, as an element of nobody, as a block of no track, as tags between clusters.
 */
export async function makeMatroskaWithHiddenWords(): Promise<Buffer> {
  const streams = [h264, opus]
  const film = await encodeMedia({ format: 'matroska', tags: traces, streams, options: { live: 1 } })
  const words = Buffer.from(`${secretDevice} ${secretPlace}`)
  const inCluster = Buffer.concat([matroskaElement('ec', words), matroskaElement('4ddd', words)])
  // Track 99, no offset, no flags. Readers go on at the next cluster behind it.
  const ofNoTrack = matroskaElement('a3', Buffer.concat([Buffer.from([0x80 | 99, 0, 0, 0]), words]))
  const cluster = Buffer.from([0x1f, 0x43, 0xb6, 0x75])
  const [first, second] = [film.indexOf(cluster), film.indexOf(cluster, film.indexOf(cluster) + 1)]
  // A length of three bytes, which becomes the unknown one; a checksum of six; the time, of which nothing has passed.
  film.write('3fffff', first + 4, 'hex')
  const bodyAt = first + 4 + 3 + 6 + 3
  return Buffer.concat([
    film.subarray(0, bodyAt),
    inCluster,
    film.subarray(bodyAt, second),
    ofNoTrack,
    matroskaElement('1254c367', words),
    film.subarray(second),
  ])
}

const encoders: Readonly<Record<string, StreamPlan>> = {
  hevc: { ...h264, encoder: 'libx265', options: { preset: 'ultrafast', 'x265-params': 'log-level=none' } },
  av1: { source: `${pattern},format=yuv420p`, encoder: 'libsvtav1', options: { preset: 12 }, gopSize: 30 },
  prores: { source: `${pattern},format=yuv422p10le`, encoder: 'prores_ks' },
}

export const makeFilmIn = (codec: 'hevc' | 'av1' | 'prores'): Promise<Buffer> => {
  const stream = encoders[codec]
  if (stream === undefined) throw new Error(codec)
  return encodeMedia({ format: codec === 'prores' ? 'mov' : 'mp4', streams: [stream] })
}

/** From the name `tkhd`: version and flags, two times, id, reserved, duration, two reserved words, four shorts. */
const matrixOffset = 4 + 40

/**
 * A film that a phone held sideways took: the same samples with a matrix that turns them.
 * @param degrees clockwise
 */
export async function makeTurnedMp4(degrees: 90 | 180 | 270): Promise<Buffer> {
  const film = await makeMp4({ streams: [h264] })
  const [a, b, c, d] = ({ 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] } as const)[degrees]
  const matrixAt = film.indexOf('tkhd', 0, 'latin1') + matrixOffset
  const one = 0x10000
  film.writeInt32BE(a * one, matrixAt)
  film.writeInt32BE(b * one, matrixAt + 4)
  film.writeInt32BE(c * one, matrixAt + 12)
  film.writeInt32BE(d * one, matrixAt + 16)
  return film
}

/** A film whose samples say nothing of their shape: it is to be shown at this size by its track's header alone. */
export async function makeStretchedMp4(widthPx: number, heightPx: number): Promise<Buffer> {
  const film = await makeMp4({ streams: [h264] })
  // FFmpeg always writes a shape; under another name it is nobody's.
  for (let at = film.indexOf('pasp', 0, 'latin1'); at >= 0; at = film.indexOf('pasp', at, 'latin1'))
    film.write('skip', at, 'latin1')
  const sizeAt = film.indexOf('tkhd', 0, 'latin1') + matrixOffset + 36
  film.writeUInt32BE(widthPx * 0x1_0000, sizeAt)
  film.writeUInt32BE(heightPx * 0x1_0000, sizeAt + 4)
  return film
}
