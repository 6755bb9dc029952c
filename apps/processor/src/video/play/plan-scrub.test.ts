// Files with traces in every place that real ones carry them. A scrubbed copy must have the same length, hold none of
// the traces, leave nothing to do, and be the same film to whoever reads it.
import { describe, expect, test } from 'vitest'
import { addCaptions, twoCues } from '@shoebox/testing/samples/time-based/captioned-films.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import * as sounds from '@shoebox/testing/samples/time-based/sounds.ts'
import { holds, plan, readAll, scrub, traces } from '../../../test/scrubbed-copy.ts'
import { BlockSource } from '../reader/block-source.ts'
import { BoxRegion } from './boxes.ts'
import { planScrub } from './plan-scrub.ts'
import { boxesIn } from './scrub-boxes.ts'
import { Scrubber, TooMuchToScrub } from './scrub.ts'

const toVtt = (srt: string): string => `WEBVTT\n\n${srt.replace(/(\d\d),(\d{3})/g, '$1.$2')}`

async function makeTwiceTheSame(): Promise<Buffer> {
  const sound = await sounds.makeVorbis()
  return Buffer.concat([sound, sound])
}

describe('a copy that is played', () => {
  test.each([
    ['MP4, header last', films.makeMp4, 'video/mp4'],
    ['MP4, header first', films.makeFastMp4, 'video/mp4'],
    ['fragmented MP4', films.makeFragmentedMp4, 'video/mp4'],
    ['MP4 that goes on in fragments', films.makeHybridMp4, 'video/mp4'],
    ['QuickTime', films.makeQuickTime, 'video/quicktime'],
    ['WebM', films.makeWebm, 'video/webm'],
    ['Matroska', films.makeMatroska, 'video/matroska'],
    ['Matroska with words among its pictures', films.makeMatroskaWithHiddenWords, 'video/matroska'],
    ['MP3', sounds.makeMp3, 'audio/mpeg'],
    ['MP3 with a cover and private frames', sounds.makeMp3WithCover, 'audio/mpeg'],
    ['M4A', sounds.makeM4a, 'audio/mp4'],
    ['Ogg Vorbis', sounds.makeVorbis, 'audio/ogg'],
    ['Opus', sounds.makeOpus, 'audio/ogg'],
    ['chained Ogg', sounds.makeChainedOgg, 'audio/ogg'],
    ['Ogg put behind itself', makeTwiceTheSame, 'audio/ogg'],
    ['FLAC', sounds.makeFlac, 'audio/flac'],
    ['WAV', sounds.makeWav, 'audio/wav'],
  ] as const)('of %s holds no trace, looks and sounds the same, and leaves nothing to do', async (_, make, type) => {
    const file = await make()
    expect(traces.some((trace) => holds(file, trace))).toBe(true)
    const copy = await scrub(file, type)
    expect(copy).toHaveLength(file.length)
    expect(traces.filter((trace) => holds(copy, trace))).toEqual([])
    expect(await plan(copy, type)).toEqual({ plan: 'patches', patches: [] })
    expect(await readAll(copy, type)).toEqual(await readAll(file, type))
  })

  test.each([
    ['MP3', sounds.makeMp3, 'audio/mpeg'],
    ['M4A', sounds.makeM4a, 'audio/mp4'],
    ['Opus', sounds.makeOpus, 'audio/ogg'],
    ['FLAC', sounds.makeFlac, 'audio/flac'],
    ['WAV', sounds.makeWav, 'audio/wav'],
  ] as const)('of %s keeps the words of a song', async (_, make, type) => {
    const copy = await scrub(await make(), type)
    expect(['A tone', 'An oscillator'].filter((word) => holds(copy, word))).toHaveLength(2)
  })

  test('has no trace of a track of places, nor of what that track holds', async () => {
    const file = await films.makeMp4({ options: { movflags: 'faststart' } })
    // The sound becomes a camera's telemetry: handler, sample format, and a place in each of its first samples.
    const track = file.indexOf('soun', 0, 'latin1')
    file.write('meta', track, 'latin1')
    file.write('gpmd', file.indexOf('mp4a', track, 'latin1'), 'latin1')
    const chunk = file.readUInt32BE(file.indexOf('stco', track, 'latin1') + 12)
    file.write('Secret place', chunk, 'latin1')
    const copy = await scrub(file, 'video/mp4')
    expect(holds(copy, 'Secret')).toBe(false)
    expect(copy.includes('gpmd')).toBe(false)
    expect(await readAll(copy, 'video/mp4')).toMatchObject({ durationMs: 3000, audio: null, video: { codec: 'avc' } })
    expect((await readAll(copy, 'video/mp4')).pixels).toEqual(
      (await readAll(await films.makeFastMp4(), 'video/mp4')).pixels,
    )
  })

  test.each([
    ['indexed Matroska', 'matroska', {}, 'video/matroska'],
    ['live Matroska', 'matroska', { live: 1 }, 'video/matroska'],
    ['WebM', 'webm', {}, 'video/webm'],
    ['MP4', 'mp4', {}, 'video/mp4'],
    ['MP4 in fragments', 'mp4', { movflags: 'frag_keyframe+empty_moov+default_base_moof' }, 'video/mp4'],
    ['MP4 that goes on in fragments', 'mp4', { movflags: 'frag_keyframe' }, 'video/mp4'],
  ] as const)(
    'of %s has no trace of a track of words, wherever in the file they stand',
    async (_, format, options, type) => {
      const makePlain = { webm: films.makeWebm, matroska: films.makeMatroska, mp4: films.makeMp4 }[format]
      const plain = await makePlain()
      const text = twoCues.replace('Zwei', 'Secret 35.4321')
      const captions = [
        { as: format === 'webm' ? 'vtt' : 'srt', text: format === 'webm' ? toVtt(text) : text } as const,
      ]
      const file = await addCaptions({ film: plain, format, captions, options })
      expect(holds(file, 'Secret 35.43')).toBe(true)
      const copy = await scrub(file, type)
      expect(copy).toHaveLength(file.length)
      expect([...traces, 'Hello'].filter((trace) => holds(copy, trace))).toEqual([])
      expect(await plan(copy, type)).toEqual({ plan: 'patches', patches: [] })
      expect(await readAll(copy, type)).toEqual(await readAll(file, type))
    },
  )

  test('is none where words stand in clusters that cannot be followed', async () => {
    const captions = [{ as: 'srt', text: twoCues }] as const
    const file = await addCaptions({ film: await films.makeMatroska(), format: 'matroska', captions })
    // The second block of the first cluster: an id that there is none of.
    const cluster = file.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]))
    file.fill(0, file.indexOf(0xa3, cluster + 16), file.indexOf(0xa3, cluster + 16) + 4)
    expect(await plan(file, 'video/matroska')).toMatchObject({ plan: 'unsafe' })
  })

  test('has no trace of what phones leave behind the last box', async () => {
    const trailer = Buffer.from('\x00\x01\x02Secret trailer SEFT', 'latin1')
    const file = Buffer.concat([await films.makeMp4(), trailer])
    const copy = await scrub(file, 'video/mp4')
    expect(holds(copy, 'Secret')).toBe(false)
    expect(await plan(copy, 'video/mp4')).toEqual({ plan: 'patches', patches: [] })
    expect(await readAll(copy, 'video/mp4')).toMatchObject({ durationMs: 3000 })
  })
})

test('a FLAC that two taggers led with a tag each is still one', async () => {
  const tag = Buffer.from('ID3\x03\0\0\0\0\0\x0a', 'latin1')
  const file = Buffer.concat([tag, Buffer.alloc(10), tag, Buffer.alloc(10), await sounds.makeFlac()])
  expect(await plan(file, 'audio/flac')).toMatchObject({ plan: 'patches' })
})

describe('a file that ends before its own structure does', () => {
  test.each([
    ['MP4', films.makeFastMp4, 'video/mp4'],
    ['WebM', films.makeWebm, 'video/webm'],
    ['Matroska', films.makeMatroska, 'video/matroska'],
  ] as const)('is damaged: %s', async (_, make, type) => {
    const file = await make()
    expect(await plan(file.subarray(0, file.length - 20_000), type)).toMatchObject({ plan: 'damaged' })
  })
})

describe('a segment that claims a little more than the file holds, as some recorders write it', () => {
  test.each([1, 12])('by %i: the film is whole, and its words go', async (bytes) => {
    const file = await films.makeMatroska()
    const size = file.indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67])) + 8
    file.writeUIntBE(file.readUIntBE(size, 4) + bytes, size, 4)
    const copy = await scrub(file, 'video/matroska')
    expect(traces.filter((trace) => holds(copy, trace))).toEqual([])
    expect(await plan(copy, 'video/matroska')).toEqual({ plan: 'patches', patches: [] })
    expect(await readAll(copy, 'video/matroska')).toEqual(await readAll(await films.makeMatroska(), 'video/matroska'))
  })

  test('words that claim to go further than the file are blanked to its end', async () => {
    const film = await films.makeMatroska()
    const tags = Buffer.from('1254c36710ffffff', 'hex')
    const file = Buffer.concat([film, tags, Buffer.from('Secret place')])
    const size = file.indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67])) + 4
    file.write('01ffffffffffffff', size, 'hex')
    const cluster = Buffer.from([0x1f, 0x43, 0xb6, 0x75])
    const words = Buffer.concat([file.subarray(0, file.indexOf(cluster)), file.subarray(film.length)])
    expect(holds(words, 'Secret place')).toBe(true)
    expect(holds(await scrub(words, 'video/matroska'), 'Secret')).toBe(false)
  })
})

test('what hides among the samples of a film is found however large the film is', async () => {
  const film = await films.makeMatroska()
  // A segment without an end; one more cluster, whose only sample is a gigabyte of zeros; and something unplayed.
  film.write('01ffffffffffffff', film.indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67])) + 4, 'hex')
  const block = Buffer.from('1f43b67501ffffffffffffffe78100a30100000040000000', 'hex')
  const hidden = Buffer.concat([Buffer.from('ec4100', 'hex'), Buffer.from('PK\x03\x04\x0a\0\0\0\0\0', 'latin1')])
  const zerosEnd = film.length + block.length + 2 ** 30
  const [before, behind] = [Buffer.concat([film, block]), Buffer.concat([hidden, Buffer.alloc(246)])]
  let bytesRead = 0
  const planned = await planScrub('video/matroska', zerosEnd + behind.length, async (from, to) => {
    bytesRead += to - from
    const range = Buffer.alloc(to - from)
    range.set(before.subarray(from, to))
    if (to > zerosEnd)
      range.set(behind.subarray(Math.max(0, from - zerosEnd), to - zerosEnd), Math.max(0, zerosEnd - from))
    return range
  })
  expect(planned).toEqual({ plan: 'hides', detail: 'zip' })
  // What is one sample is stepped over.
  expect(bytesRead).toBeLessThan(2 ** 24)
})

test('a film is looked through no longer than there is time, though all of it is here', async () => {
  const emptyBox = Buffer.from('\0\0\0\x08styp', 'latin1')
  const file = Buffer.concat([await films.makeMp4(), ...Array.from({ length: 1000 }, () => emptyBox)])
  let asked = 0
  const isLate = () => (asked += 1) > 100
  const planned = await planScrub('video/mp4', file.length, async (from, to) => file.subarray(from, to), { isLate })
  expect(planned).toEqual({ plan: 'late', detail: 'no time left' })
  expect(asked).toBe(101)
})

describe('a file of almost nothing but places to overwrite is given up', () => {
  test('a cluster of elements of two bytes', async () => {
    const film = await films.makeMatroska()
    film.write('01ffffffffffffff', film.indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67])) + 4, 'hex')
    const unknown = Buffer.concat([
      Buffer.from('1f43b67501ffffffffffffff', 'hex'),
      Buffer.alloc(2 ** 21 + 2, '\x82\x80', 'latin1'),
    ])
    expect(await plan(Buffer.concat([film, unknown]), 'video/matroska')).toMatchObject({ plan: 'unsafe' })
  })

  test('a header of empty tracks', async () => {
    const film = await films.makeFastMp4()
    const moov = film.indexOf('moov', 0, 'latin1') - 4
    const moovBytes = film.readUInt32BE(moov)
    const tracks = Buffer.alloc(2000 * 8, '\0\0\0\x08trak', 'latin1')
    film.writeUInt32BE(moovBytes + tracks.length, moov)
    const [before, behind] = [film.subarray(0, moov + moovBytes), film.subarray(moov + moovBytes)]
    const planned = await plan(Buffer.concat([before, tracks, behind]), 'video/mp4')
    expect(planned).toEqual({ plan: 'unsafe', detail: 'RangeError: too many tracks' })
  })

  test('fragments of empty tables, after four million of them', async () => {
    const bytes = Buffer.from('\0\0\0\x08traf', 'latin1')
    const source = new BlockSource(bytes.length, async () => bytes, { bytesMax: 8, readsMax: 1 })
    const scrubber = new Scrubber(source)
    const nextBox = () => boxesIn(scrubber, new BoxRegion(bytes, 0), 0, bytes.length).next()
    for (let count = 1; count < 2 ** 22; count += 1) scrubber.countBox()
    expect(await nextBox()).toMatchObject({ value: { type: 'traf' } })
    await expect(nextBox()).rejects.toThrow(TooMuchToScrub)
  })

  test('elements that lie in one another', async () => {
    const film = await films.makeMatroska()
    const segment = film.indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67]))
    film.write('01ffffffffffffff', segment + 4, 'hex')
    // Cues, each with all that follows in it; and where to look for them.
    const [cuesBytes, cuesMax, entryBytes] = [4 * 2 ** 20, 64, 21]
    const cues = Buffer.alloc(cuesBytes)
    const table = Buffer.alloc(8 + cuesMax * entryBytes)
    table.writeUInt32BE(0x114d9b74)
    table.writeUInt32BE(0x1000_0000 + table.length - 8, 4)
    const place = film.length + table.length - (segment + 12)
    for (let n = 0; n < cuesMax; n += 1) {
      cues.writeUInt32BE(0x1c53bb6b, 8 * n)
      cues.writeUInt32BE(0x1000_0000 + cuesBytes - 8 * n - 8, 8 * n + 4)
      const entry = Buffer.from('4dbb9253ab841c53bb6b53ac8800000000', 'hex')
      entry.copy(table, 8 + n * entryBytes)
      table.writeUInt32BE(place + 8 * n, 8 + n * entryBytes + 17)
    }
    const firstCluster = film.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75]))
    const file = Buffer.concat([film.subarray(0, firstCluster), table, film.subarray(firstCluster), cues])
    const planned = await plan(file, 'video/matroska')
    expect(planned).toMatchObject({ plan: 'unsafe', detail: expect.stringMatching(/bytes to search$/) as string })
  })

  test('but of a tag of empty frames the rest goes as one', async () => {
    const frames = Buffer.alloc(10 * 2 ** 16, 'TXXX\0\0\0\0\0\0', 'latin1')
    const header = Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), Buffer.of(0, 40, 0, 0)])
    const file = Buffer.concat([header, frames, await sounds.makeBareAac()])
    const planned = await plan(file, 'audio/mpeg')
    expect(planned.plan === 'patches' && planned.patches.length).toBeLessThan(2 ** 15)
    const copy = await scrub(file, 'audio/mpeg')
    expect(holds(copy.subarray(0, header.length + frames.length), 'TXXX')).toBe(false)
  })
})

test.each([
  ['behind zeros', 0, { plan: 'hides', detail: 'mach-o' }],
  // As it occurs once in gigabytes of what somebody's camera left there.
  ['among other bytes', 0x80, { plan: 'patches' }],
])('a short signature in a large box, %s', async (_, fill, planned) => {
  const box = Buffer.alloc(2 ** 20, fill)
  box.writeUInt32BE(box.length)
  box.write('free', 4, 'latin1')
  // Where one step of the search ends and the next begins.
  box.write('\xcf\xfa\xed\xfe\x07\0\0\x01', 8 + 2 ** 18, 'latin1')
  expect(await plan(Buffer.concat([await films.makeMp4(), box]), 'video/mp4')).toMatchObject(planned)
})

test('AAC that opens in the middle of a frame is scrubbed like any other', async () => {
  const file = await sounds.makeBareAac()
  file.write('Secret', 0, 'latin1')
  const copy = await scrub(file, 'audio/mp4')
  expect(holds(copy, 'Secret')).toBe(false)
  expect(await plan(copy, 'audio/mp4')).toEqual({ plan: 'patches', patches: [], servedAs: 'audio/aac' })
})

test('reads from the header when a film was made, and nothing from a clock that was never set', async () => {
  const file = await films.makeMp4()
  const created = file.indexOf('mvhd', 0, 'latin1') + 8
  file.writeUInt32BE(Date.UTC(2026, 5, 15, 12) / 1000 + 2_082_844_800, created)
  expect(await plan(file, 'video/mp4')).toMatchObject({ createdAt: '2026-06-15T12:00:00+00:00' })
  file.writeUInt32BE(0, created)
  expect(await plan(file, 'video/mp4')).not.toHaveProperty('createdAt')
})

test('never throws over damaged structure, and never plans a change outside the file', async () => {
  const originals = [
    [await films.makeMp4(), 'video/mp4'],
    [await films.makeWebm(), 'video/webm'],
    [await sounds.makeMp3WithCover(), 'audio/mpeg'],
    [await sounds.makeOpus(), 'audio/ogg'],
    [await sounds.makeFlac(), 'audio/flac'],
    [await sounds.makeWav(), 'audio/wav'],
  ] as const
  let seed = 11
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  for (const [original, type] of originals) {
    for (let round = 0; round < 100; round += 1) {
      const file = Buffer.from(original)
      for (let n = 0; n < 20; n += 1) file[n % 2 === 0 ? random(2048) : file.length - 1 - random(4096)] = random(256)
      const planned = await plan(file, type)
      if (planned.plan !== 'patches') continue
      for (const patch of planned.patches) {
        expect(patch.at).toBeGreaterThanOrEqual(0)
        expect(patch.at + ('bytes' in patch ? patch.bytes.length : patch.zeros)).toBeLessThanOrEqual(file.length)
      }
    }
  }
})
