// Films with text tracks: a film made elsewhere, its packets copied, beside tracks made of the text of a caption file.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Demuxer, Muxer } from 'node-av/api'
import { AV_CODEC_ID_MOV_TEXT } from 'node-av/constants'
import { Dictionary, Packet } from 'node-av/lib'

export type CaptionSource = {
  /** How the text is written: SubRip, WebVTT or Advanced SubStation. */
  readonly as: 'srt' | 'vtt' | 'ass'
  readonly text: string
  /** Three letters. */
  readonly language?: string
  readonly title?: string
}

export type CaptionedPlan = {
  readonly film: Buffer
  /** A muxer's name. */
  readonly format: 'mp4' | 'mov' | 'matroska' | 'webm'
  readonly captions: readonly CaptionSource[]
  readonly options?: Readonly<Record<string, string | number>>
}

/** Two cues of half a second and two lines. */
export const twoCues =
  '1\n00:00:00,500 --> 00:00:01,500\nHello <i>you</i> & me\n\n2\n00:00:02,000 --> 00:00:02,800\nZwei\nZeilen ü\n'

export async function addCaptions({ film, format, captions, options }: CaptionedPlan): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-sample-'))
  const path = join(folder, `captioned.${format}`)
  try {
    await writeFile(join(folder, 'film'), film)
    await using pictures = await Demuxer.open(join(folder, 'film'))
    const muxer = await Muxer.open(path, { format: format as never, options: { ...options } as never })
    const indexes = pictures.streams.map((stream) => muxer.addStream(stream))
    const isTimedText = format === 'mp4' || format === 'mov'
    const texts = []
    for (const [n, { as, text, language, title }] of captions.entries()) {
      await writeFile(join(folder, `${n}.${as}`), text)
      const demuxer = await Demuxer.open(join(folder, `${n}.${as}`))
      const [stream] = demuxer.streams
      if (stream === undefined) throw new Error(`no stream in ${as}`)
      if (isTimedText) stream.codecpar.codecId = AV_CODEC_ID_MOV_TEXT
      const index = muxer.addStream(stream)
      const made = muxer.getStream(index)
      if (made !== undefined)
        made.metadata = Dictionary.fromObject({ ...(language && { language }), ...(title && { title }) })
      texts.push({ demuxer, index })
    }
    for await (const packet of pictures.packets())
      if (packet !== null) await muxer.writePacket(packet, indexes[packet.streamIndex] ?? 0)
    for (const { demuxer, index } of texts) {
      for await (const packet of demuxer.packets())
        if (packet !== null) await muxer.writePacket(isTimedText ? toTimedText(packet) : packet, index)
      await demuxer.close()
    }
    await muxer.close()
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The text behind its length. */
function toTimedText(packet: Packet): Packet {
  const text = packet.data ?? Buffer.alloc(0)
  const data = Buffer.alloc(2 + text.length)
  data.writeUInt16BE(text.length)
  text.copy(data, 2)
  const timed = new Packet()
  timed.alloc()
  timed.data = data
  // The muxer drops what does not begin with a key.
  timed.flags = packet.flags
  timed.pts = packet.pts
  timed.dts = packet.dts
  timed.duration = packet.duration
  timed.timeBase = packet.timeBase
  return timed
}
