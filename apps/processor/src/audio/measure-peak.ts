import {
  AV_SAMPLE_FMT_DBL,
  AV_SAMPLE_FMT_DBLP,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
  AV_SAMPLE_FMT_S16P,
  AV_SAMPLE_FMT_S32,
  AV_SAMPLE_FMT_S32P,
  AV_SAMPLE_FMT_U8,
  AV_SAMPLE_FMT_U8P,
} from 'node-av/constants'

type Samples = Float32Array | Float64Array | Int16Array | Int32Array | Uint8Array
type Layout = {
  readonly isPlanar: boolean
  readonly view: (plane: Buffer, count: number) => Samples
  readonly fullScale: number
}

const floats = (plane: Buffer, count: number) => new Float32Array(plane.buffer, plane.byteOffset, count)
const doubles = (plane: Buffer, count: number) => new Float64Array(plane.buffer, plane.byteOffset, count)
const shorts = (plane: Buffer, count: number) => new Int16Array(plane.buffer, plane.byteOffset, count)
const longs = (plane: Buffer, count: number) => new Int32Array(plane.buffer, plane.byteOffset, count)
const bytes = (plane: Buffer, count: number) => new Uint8Array(plane.buffer, plane.byteOffset, count)

const layouts = new Map<number, Layout>([
  [AV_SAMPLE_FMT_FLTP, { isPlanar: true, view: floats, fullScale: 1 }],
  [AV_SAMPLE_FMT_FLT, { isPlanar: false, view: floats, fullScale: 1 }],
  [AV_SAMPLE_FMT_DBLP, { isPlanar: true, view: doubles, fullScale: 1 }],
  [AV_SAMPLE_FMT_DBL, { isPlanar: false, view: doubles, fullScale: 1 }],
  [AV_SAMPLE_FMT_S16P, { isPlanar: true, view: shorts, fullScale: 2 ** 15 }],
  [AV_SAMPLE_FMT_S16, { isPlanar: false, view: shorts, fullScale: 2 ** 15 }],
  [AV_SAMPLE_FMT_S32P, { isPlanar: true, view: longs, fullScale: 2 ** 31 }],
  [AV_SAMPLE_FMT_S32, { isPlanar: false, view: longs, fullScale: 2 ** 31 }],
  [AV_SAMPLE_FMT_U8P, { isPlanar: true, view: bytes, fullScale: 2 ** 7 }],
  [AV_SAMPLE_FMT_U8, { isPlanar: false, view: bytes, fullScale: 2 ** 7 }],
])

/** The strongest sample of a decoded frame over all its channels, 1 = full scale. */
export function measurePeak(planes: readonly Buffer[], format: number, samples: number, channels: number): number {
  const layout = layouts.get(format)
  if (layout === undefined) return 0
  const perPlane = layout.isPlanar ? samples : samples * channels
  // Unsigned samples rest at half scale, all others at zero.
  const rest = layout.view === bytes ? layout.fullScale : 0
  let strongest = 0
  for (const plane of planes.slice(0, layout.isPlanar ? channels : 1)) {
    const values = layout.view(plane, perPlane)
    for (let at = 0; at < values.length; at += 1) {
      const distance = Math.abs((values[at] ?? 0) - rest)
      if (distance > strongest) strongest = distance
    }
  }
  return strongest / layout.fullScale
}
