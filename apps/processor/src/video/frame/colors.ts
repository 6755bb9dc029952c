// Which colours the numbers of a frame stand for. The container's word counts before the stream's, as it does in
// browsers; where both are silent, the size decides, as it does in browsers.
import {
  AVCOL_PRI_BT2020,
  AVCOL_PRI_SMPTE432,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_BT2020_NCL,
  AVCOL_SPC_BT470BG,
  AVCOL_SPC_BT709,
  AVCOL_SPC_FCC,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_SMPTE240M,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_SMPTE2084,
} from 'node-av/constants'
import type { Transfer, WideGamut } from './tone-map.ts'

/** What a container says; mediabunny and WebCodecs use these names. */
export type StatedColors = {
  readonly matrix?: string | null | undefined
  readonly transfer?: string | null | undefined
  readonly primaries?: string | null | undefined
  readonly fullRange?: boolean | null | undefined
}

/** What FFmpeg read from the stream itself. */
export type StreamColors = {
  readonly colorSpace: number
  readonly colorTrc: number
  readonly colorPrimaries: number
  readonly colorRange: number
  readonly height: number
}

export type FrameColors = {
  /** A name that swscale knows. */
  readonly matrix: 'bt709' | 'smpte170m' | 'smpte240m' | 'fcc' | 'bt2020'
  readonly isFullRange: boolean
  /** Light beyond what sRGB can hold, brought back by tone-map; null where the numbers can be shown as they are. */
  readonly transfer: Transfer
  readonly gamut: WideGamut | null
}

const matrixByName: Readonly<Record<string, FrameColors['matrix']>> = {
  bt709: 'bt709',
  bt470bg: 'smpte170m',
  smpte170m: 'smpte170m',
  'bt2020-ncl': 'bt2020',
}

const matrixByCode = new Map<number, FrameColors['matrix']>([
  [AVCOL_SPC_BT709, 'bt709'],
  [AVCOL_SPC_BT470BG, 'smpte170m'],
  [AVCOL_SPC_SMPTE170M, 'smpte170m'],
  [AVCOL_SPC_SMPTE240M, 'smpte240m'],
  [AVCOL_SPC_FCC, 'fcc'],
  [AVCOL_SPC_BT2020_NCL, 'bt2020'],
])

/** Films of at least this height are BT.709 unless they say otherwise. */
const highDefinitionPx = 720

export function decideColors(stated: StatedColors, stream: StreamColors): FrameColors {
  const guess = stream.height >= highDefinitionPx ? 'bt709' : 'smpte170m'
  return {
    matrix: matrixByName[stated.matrix ?? ''] ?? matrixByCode.get(stream.colorSpace) ?? guess,
    isFullRange: stated.fullRange ?? stream.colorRange === AVCOL_RANGE_JPEG,
    transfer: decideTransfer(stated.transfer, stream.colorTrc),
    gamut: decideGamut(stated.primaries, stream.colorPrimaries),
  }
}

function decideTransfer(stated: string | null | undefined, code: number): Transfer {
  if (stated === 'pq' || (stated == null && code === AVCOL_TRC_SMPTE2084)) return 'pq'
  if (stated === 'hlg' || (stated == null && code === AVCOL_TRC_ARIB_STD_B67)) return 'hlg'
  return 'sdr'
}

function decideGamut(stated: string | null | undefined, code: number): WideGamut | null {
  if (stated === 'bt2020' || (stated == null && code === AVCOL_PRI_BT2020)) return 'bt2020'
  if (stated === 'smpte432' || (stated == null && code === AVCOL_PRI_SMPTE432)) return 'display-p3'
  return null
}
