import { Input, OGG } from 'mediabunny'
import { expect, test } from 'vitest'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { BlockSource } from './block-source.ts'
import { findLinkEnd } from './find-end.ts'
import { probeBudget } from './open-media.ts'
import { probeMedia } from './probe-media.ts'
import { toSource } from './to-source.ts'

const open = (file: Buffer) =>
  new BlockSource(file.length, async (start, end) => file.subarray(start, end), probeBudget)

/** Ten pictures of ninety. */
const part = { gopSize: 10 }

/**
 * As far from part to part as in hours of film: before each stands what nobody reads.
 * @param lengthBytes of what a part begins with, in front of its mark
 */
function stretch(recording: Buffer, mark: Buffer, makeFiller: (filler: Buffer) => void, lengthBytes = 0): Buffer {
  const filler = Buffer.alloc(2 ** 20)
  makeFiller(filler)
  const pieces: Buffer[] = []
  let from = 0
  for (let at = recording.indexOf(mark); at >= 0; at = recording.indexOf(mark, at + mark.length)) {
    pieces.push(recording.subarray(from, at - lengthBytes), filler)
    from = at - lengthBytes
  }
  return Buffer.concat([...pieces, recording.subarray(from)])
}

async function makeLongMp4(): Promise<Buffer> {
  const options = { movflags: 'frag_keyframe+empty_moov+default_base_moof+skip_trailer' }
  const recording = await films.makeMp4({ streams: [{ ...films.h264, ...part }, films.aac], options })
  const makeFree = (filler: Buffer) => filler.write('free', filler.writeUInt32BE(filler.length), 'latin1')
  return stretch(recording, Buffer.from('moof'), makeFree, 4)
}

async function makeLongWebm(): Promise<Buffer> {
  const streams = [{ ...films.vp9, ...part }, films.opus]
  const recording = await encodeMedia({ format: 'webm', streams, options: { live: 1, cluster_time_limit: 300 } })
  const makeVoid = (filler: Buffer) => filler.writeUInt32BE(0x1000_0000 + filler.length - 5, filler.writeUInt8(0xec))
  return stretch(recording, Buffer.of(0x1f, 0x43, 0xb6, 0x75), makeVoid)
}

test.each([
  ['MP4', 'video/mp4', makeLongMp4],
  ['WebM', 'video/webm', makeLongWebm],
] as const)('how long %s is that a browser recorded costs no read for each of its parts', async (_, type, make) => {
  const source = open(await make())
  const opened = await probeMedia(source, type)
  const durationMs = opened.ok ? opened.value.facts.durationMs : opened.refusal
  expect(durationMs).toBeCloseTo(3000, -2)
  expect(source.readsMade).toBeLessThanOrEqual(3)
})

test('knows the pages of a sound in Ogg by the number that the parser has for it', async () => {
  const source = open(await sounds.makeOpus())
  const track = await new Input({ source: toSource(source), formats: [OGG] }).getPrimaryAudioTrack()
  if (track === null) throw new Error('no sound')
  expect(await findLinkEnd(source, { start: 0, end: source.bytes }, track)).toBeCloseTo(3, 2)
})
