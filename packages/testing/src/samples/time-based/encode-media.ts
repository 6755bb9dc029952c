// Makes small films and sounds with the same FFmpeg that the processor decodes with: real encoders and real muxers, a
// few kilobytes, nothing committed. Pictures come from FFmpeg's own test sources, described as a filter graph.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decoder, Demuxer, Encoder, Muxer, type EncoderOptions } from 'node-av/api'
import { AV_LOG_ERROR } from 'node-av/constants'
import { Dictionary, Log } from 'node-av/lib'

Log.setLevel(AV_LOG_ERROR)

export type StreamPlan = {
  /** A filter graph without inputs, such as `testsrc2=size=320x180:rate=30:duration=2,format=yuv420p`. */
  readonly source: string
  /** An encoder's name as FFmpeg knows it: `libx264`, `libvpx-vp9`, `aac` … */
  readonly encoder: string
  readonly options?: Readonly<Record<string, string | number>>
  readonly gopSize?: number
  readonly bitrate?: string
  /** Tags of the track itself. */
  readonly tags?: Readonly<Record<string, string>>
}

export type MediaPlan = {
  /** A muxer's name: `mp4`, `mov`, `webm`, `matroska`, `mp3`, `ogg`, `flac`, `wav`, `adts`, `ipod` … */
  readonly format: string
  readonly streams: readonly StreamPlan[]
  readonly options?: Readonly<Record<string, string | number>>
  /** Tags of the whole file. */
  readonly tags?: Readonly<Record<string, string>>
}

type Running = { readonly demuxer: Demuxer; readonly decoder: Decoder; readonly encoder: Encoder }

async function open({ source, encoder, options, gopSize, bitrate }: StreamPlan): Promise<Running> {
  const demuxer = await Demuxer.open(source, { format: 'lavfi' })
  const stream = demuxer.video() ?? demuxer.audio()
  if (stream === undefined) throw new Error(`no stream in ${source}`)
  const settings: EncoderOptions = {
    options: { ...options },
    autoResample: true,
    context: { ...(gopSize !== undefined && { gopSize }), ...(bitrate !== undefined && { bitRate: bitrate }) },
  }
  return {
    demuxer,
    decoder: await Decoder.create(stream),
    encoder: await Encoder.create(encoder as never, settings),
  }
}

/** Small ones, for whoever asks again: the tests of one process ask for the same film dozens of times. */
const made = new Map<string, Buffer>()
const madeBytesMax = 2 ** 20

/** Encodes and muxes. What is answered is the caller's own, to be changed. */
export async function encodeMedia(plan: MediaPlan): Promise<Buffer> {
  const key = JSON.stringify(plan)
  const before = made.get(key)
  if (before !== undefined) return Buffer.from(before)
  const file = await encode(plan)
  if (file.length <= madeBytesMax) made.set(key, Buffer.from(file))
  return file
}

/** Streams are written one after the other and interleaved by the muxer. */
async function encode({ format, streams, options, tags }: MediaPlan): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-sample-'))
  const path = join(folder, `sample.${format}`)
  try {
    const muxer = await Muxer.open(path, { format: format as never, options: { ...options } as never })
    if (tags !== undefined) muxer.getFormatContext().metadata = Dictionary.fromObject({ ...tags })
    const running = await Promise.all(streams.map(open))
    const indexes = running.map(({ encoder }) => muxer.addStream(encoder))
    await Promise.all(running.map((one, n) => drain(one, muxer, indexes[n] ?? 0, streams[n]?.tags)))
    await muxer.close()
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function drain({ demuxer, decoder, encoder }: Running, muxer: Muxer, index: number, tags: StreamPlan['tags']) {
  for await (const packet of encoder.packets(decoder.frames(demuxer.packets()))) {
    const stream = muxer.getStream(index)
    if (tags !== undefined && stream !== undefined) stream.metadata = Dictionary.fromObject({ ...tags })
    await muxer.writePacket(packet, index)
  }
  encoder.close()
  decoder.close()
  await demuxer.close()
}
