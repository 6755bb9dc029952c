// A long film or sound out of a short one: the same packets again and again, each time later. Encodes nothing.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Demuxer, Muxer } from 'node-av/api'

/** The short one may be in any container; of its tracks the first is taken. */
export async function repeatMedia(
  short: Buffer,
  times: number,
  { format, options = {} }: { format: string; options?: Readonly<Record<string, string>> },
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-long-'))
  const [from, to] = [join(folder, 'short'), join(folder, 'long')]
  try {
    await writeFile(from, short)
    const demuxer = await Demuxer.open(from)
    const [stream] = demuxer.streams
    if (stream === undefined) throw new Error('nothing to repeat')
    const packets = [...demuxer.packetsSync(stream.index)].filter((packet) => packet !== null)
    const length = packets.reduce((sum, { duration }) => sum + duration, 0n)
    const muxer = await Muxer.open(to, { format: format as never, options: { ...options } as never })
    const index = muxer.addStream(stream)
    for (let turn = 0n; turn < times; turn += 1n)
      for (const packet of packets) {
        using later = packet.clone()
        if (later === null) throw new Error('no memory for a packet')
        later.pts += turn * length
        later.dts += turn * length
        muxer.writePacketSync(later, index)
      }
    await muxer.close()
    await demuxer.close()
    return await readFile(to)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
