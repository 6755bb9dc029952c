// Films of ten bits under the colour conventions that phones and cameras write.
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'

const encoders = {
  libx264: { preset: 'ultrafast' },
  libx265: { preset: 'ultrafast', 'x265-params': 'log-level=none' },
  'libvpx-vp9': { deadline: 'realtime', 'cpu-used': 8 },
  libsvtav1: { preset: 10 },
}

const wide = { primaries: 'bt2020', matrix: 'bt2020nc' }
const conventions = {
  PQ: { ...wide, transfer: 'smpte2084' },
  HLG: { ...wide, transfer: 'arib-std-b67' },
  'BT.2020': { ...wide, transfer: 'bt2020-10' },
  'Display P3': { primaries: 'smpte432', matrix: 'bt709', transfer: 'bt709' },
  'BT.709': { primaries: 'bt709', matrix: 'bt709', transfer: 'bt709' },
}

export type Convention = keyof typeof conventions
export const conventionNames = Object.keys(conventions) as Convention[]

export function makeColoured(format: string, encoder: keyof typeof encoders, convention: Convention): Promise<Buffer> {
  const { primaries, matrix, transfer } = conventions[convention]
  const tags = `setparams=colorspace=${matrix}:range=tv:color_primaries=${primaries}:color_trc=${transfer}`
  const source = `testsrc2=size=320x180:rate=10:duration=0.5,format=yuv420p10le,${tags}`
  return encodeMedia({ format, streams: [{ source, encoder, options: encoders[encoder] }] })
}
