// Turns packets into one picture with FFmpeg's decoders: decode, shrink and turn in native code, then bring wide colours
// to sRGB. Runs in the reader's process only. Nothing here opens files or the network: FFmpeg sees packets.
import {
  AV_PIX_FMT_GBRP,
  AV_PIX_FMT_GBRP10LE,
  AV_PIX_FMT_YUVJ420P,
  AV_PIX_FMT_YUVJ422P,
  AV_PIX_FMT_YUVJ444P,
  AVMEDIA_TYPE_VIDEO,
  type AVCodecID,
} from 'node-av/constants'
import { Codec, CodecContext, FFmpegError, Filter, FilterGraph, Frame, type FilterContext } from 'node-av/lib'
import { derivatives, planFit } from '@shoebox/shared/media/derivatives.ts'
import type { Frame as Picture } from '../reader/media-reading.ts'
import { decideColors, type FrameColors, type StatedColors } from './colors.ts'
import { decodeUntil, type FramePackets, type WayLimits } from './decode-until.ts'
import { mapTones } from './tone-map.ts'

/** What is needed to decode a frame, whoever found it. */
export type FrameSource = FramePackets & {
  readonly codecId: AVCodecID
  /** Tells the decoder what the container says of the stream. */
  readonly configure: (context: CodecContext) => void
  /** Upright size with square pixels. */
  readonly widthPx: number
  readonly heightPx: number
  /** Degrees clockwise. */
  readonly rotation: number
  readonly isMirrored: boolean
  readonly colors: StatedColors
}

/** 8K and a little: judged by FFmpeg before it allocates a frame. */
const pixelsMax = 40_000_000

export async function extractFrame(source: FrameSource, limits: WayLimits): Promise<Picture | null> {
  const codec = Codec.findDecoder(source.codecId)
  if (codec === null) return null
  using context = new CodecContext()
  context.allocContext3(codec)
  context.codecType = AVMEDIA_TYPE_VIDEO
  context.codecId = source.codecId
  source.configure(context)
  // More threads would hold frames back to have work for each other.
  context.threadCount = 1
  // Not through open2's own options: node-av 6.1.1 frees that dictionary twice, and crashes when it is collected.
  FFmpegError.throwIfError(context.setOption('max_pixels', String(pixelsMax)), 'limit')
  FFmpegError.throwIfError(context.open2Sync(codec), 'open')
  using frame = new Frame()
  frame.alloc()
  if (!(await decodeUntil(context, source, limits, frame))) return null
  return drawUpright(frame, source)
}

/** A filter's name and its arguments, as FFmpeg writes them. */
type Step = readonly [filter: string, options: string]

const turns: Readonly<Record<number, readonly Step[]>> = {
  90: [['transpose', 'dir=clock']],
  180: [
    ['hflip', ''],
    ['vflip', ''],
  ],
  270: [['transpose', 'dir=cclock']],
}

const fullRangeFormats: readonly number[] = [AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P]
const rgbFormats: readonly number[] = [AV_PIX_FMT_GBRP, AV_PIX_FMT_GBRP10LE]

function drawUpright(frame: Frame, source: FrameSource): Picture {
  const colors = decideColors(source.colors, frame)
  const isSideways = source.rotation % 180 !== 0
  const upright = planFit(source.widthPx, source.heightPx, derivatives.preview.boxPx)
  const [widthPx, heightPx] = isSideways ? [upright.heightPx, upright.widthPx] : [upright.widthPx, upright.heightPx]
  const isPlain = colors.transfer === 'sdr' && colors.gamut === null
  const quality = 'flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp'
  const pixels = runFilters(frame, [
    ['scale', `w=${widthPx}:h=${heightPx}:${quality}${describeInput(frame.format, colors)}:out_range=full`],
    ['format', `pix_fmts=${isPlain ? 'rgb24' : 'rgb48le'}`],
    ...(turns[source.rotation] ?? []),
    ...(source.isMirrored ? [['hflip', ''] as const] : []),
  ])
  const rgb = isPlain
    ? pixels
    : mapTones(new Uint16Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 2), colors.transfer, colors.gamut)
  return { rgb, widthPx: upright.widthPx, heightPx: upright.heightPx }
}

function describeInput(format: number, { matrix, isFullRange }: FrameColors): string {
  if (rgbFormats.includes(format)) return ''
  const isFull = isFullRange || fullRangeFormats.includes(format)
  return `:in_color_matrix=${matrix}:in_range=${isFull ? 'full' : 'limited'}`
}

/** One frame through a chain of filters, as tightly packed bytes of its own. */
function runFilters(frame: Frame, steps: readonly Step[]): Uint8Array {
  using graph = new FilterGraph()
  graph.alloc()
  graph.nbThreads = 1
  const input = addFilter(graph, [
    'buffer',
    `video_size=${frame.width}x${frame.height}:pix_fmt=${frame.format}:time_base=1/1000:pixel_aspect=1/1` +
      `:colorspace=${frame.colorSpace}:range=${frame.colorRange}`,
  ])
  const output = [...steps, ['buffersink', ''] as const].reduce((previous, step) => {
    const next = addFilter(graph, step)
    FFmpegError.throwIfError(previous.link(0, next, 0), `link ${step[0]}`)
    return next
  }, input)
  FFmpegError.throwIfError(graph.configSync(), 'configure filters')
  FFmpegError.throwIfError(input.buffersrcAddFrameSync(frame), 'filter')
  using drawn = new Frame()
  drawn.alloc()
  FFmpegError.throwIfError(output.buffersinkGetFrameSync(drawn), 'filtered frame')
  return Uint8Array.from(drawn.toBuffer())
}

function addFilter(graph: FilterGraph, [name, options]: Step): FilterContext {
  const filter = Filter.getByName(name)
  const added = filter === null ? null : graph.createFilter(filter, `${name}${graph.nbFilters}`, options || null)
  if (added === null) throw new Error(`no filter ${name} ${options}`)
  return added
}
