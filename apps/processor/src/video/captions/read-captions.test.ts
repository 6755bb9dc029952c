import { describe, expect, test } from 'vitest'
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { addCaptions, twoCues, type CaptionedPlan } from '@shoebox/testing/samples/time-based/captioned-films.ts'
import * as films from '@shoebox/testing/samples/time-based/films.ts'
import { BlockSource } from '../reader/block-source.ts'
import { probeMedia } from '../reader/probe-media.ts'
import { readCaptions } from './read-captions.ts'

/** As the reader does it: after the parser, over what it has fetched. Counts what captions alone cost. */
async function read(file: Uint8Array, type: TimedType) {
  const fetch = async (start: number, end: number) => file.subarray(start, end)
  const source = new BlockSource(file.length, fetch, { bytesMax: 2 ** 30, readsMax: 4096 })
  const opened = await probeMedia(source, type)
  if (!opened.ok) throw new Error(opened.refusal.detail)
  const before = source.readsMade
  const exact = { reads: 0, bytes: 0 }
  const found = await readCaptions(type, source, (start, end) => {
    exact.reads += 1
    exact.bytes += end - start
    return fetch(start, end)
  })
  opened.value.close()
  return { ...found, exact, headerReads: source.readsMade - before }
}

const make = async (plan: Omit<CaptionedPlan, 'film'>, makeFilm = films.makeMp4) =>
  addCaptions({ film: await makeFilm(), ...plan })

const german = { as: 'srt', text: twoCues, language: 'deu', title: 'Deutsch' } as const
const vtt = `WEBVTT

00:00:00.500 --> 00:00:01.500
Hello you &amp; me

00:00:02.000 --> 00:00:02.800
Zwei
Zeilen ü
`

describe('captions of a film become WebVTT, with their language and name', () => {
  test.each([
    ['MP4', { format: 'mp4', captions: [german] }, 'video/mp4', films.makeMp4],
    [
      'MP4, header first',
      { format: 'mp4', captions: [german], options: { movflags: 'faststart' } },
      'video/mp4',
      films.makeMp4,
    ],
    ['Matroska', { format: 'matroska', captions: [german] }, 'video/matroska', films.makeMatroska],
  ] as const)('%s', async (_, plan, type, makeFilm) => {
    const { captions, note } = await read(await make(plan, makeFilm), type)
    expect({ captions, note }).toEqual({ captions: [{ language: 'de', label: 'Deutsch', vtt }], note: undefined })
  })

  test.each(['frag_keyframe+empty_moov', 'frag_keyframe+empty_moov+default_base_moof', 'dash+cmaf'])(
    'MP4 in fragments: %s',
    async (movflags) => {
      const plan = { format: 'mp4', captions: [german, { ...german, language: 'tur' }], options: { movflags } } as const
      const { captions, note } = await read(await make(plan), 'video/mp4')
      expect(note).toBeUndefined()
      expect(captions.map(({ language }) => language)).toEqual(['de', 'tr'])
      // The muxer moves everything by the silence that AAC begins with, where it writes no edit list.
      const toTenths = (text: string | undefined) => text?.replaceAll(/(\d\d\.\d)\d\d/g, '$1')
      for (const { vtt: found } of captions) expect(toTenths(found)).toBe(toTenths(vtt))
    },
  )

  test('QuickTime, which numbers its languages', async () => {
    const { captions } = await read(
      await make({ format: 'mov', captions: [{ ...german, language: 'ger' }] }, films.makeQuickTime),
      'video/quicktime',
    )
    expect(captions).toEqual([{ language: 'de', label: 'Deutsch', vtt }])
  })

  test('WebM', async () => {
    const source = { as: 'vtt', text: vtt.replace('you', '<b>you</b>'), language: 'tur' } as const
    const { captions } = await read(await make({ format: 'webm', captions: [source] }, films.makeWebm), 'video/webm')
    expect(captions).toEqual([{ language: 'tr', label: null, vtt }])
  })

  test('styled lines of Matroska lose their styles', async () => {
    const text = `[Script Info]
ScriptType: v4.00+

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.50,0:00:01.50,Default,,0,0,0,,{\\i1}Hello{\\i0} you & me
Dialogue: 0,0:00:01.60,0:00:01.70,Default,,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}
Dialogue: 0,0:00:02.00,0:00:02.80,Default,,0,0,0,,Zwei\\NZeilen ü
`
    const { captions } = await read(
      await make({ format: 'matroska', captions: [{ as: 'ass', text, language: 'eng' }] }, films.makeMatroska),
      'video/matroska',
    )
    expect(captions).toEqual([{ language: 'en', label: null, vtt }])
  })

  test('each language by itself', async () => {
    const other = { as: 'srt', text: twoCues.replace('Hello', 'Merhaba'), language: 'tur' } as const
    const { captions } = await read(await make({ format: 'mp4', captions: [german, other] }), 'video/mp4')
    expect(captions.map(({ language }) => language)).toEqual(['de', 'tr'])
    expect(captions[1]?.vtt).toContain('Merhaba you')
  })
})

describe('what it costs', () => {
  /** The header is not among what is read to find it. */
  const makeFarHeader = async () => {
    const film = await films.makeMp4()
    const moovAt = film.lastIndexOf('moov', undefined, 'latin1') - 4
    const gap = Buffer.alloc(300_000)
    gap.writeUInt32BE(gap.length)
    gap.write('free', 4, 'latin1')
    return Buffer.concat([film.subarray(0, moovAt), gap, film.subarray(moovAt)])
  }

  test.each([
    ['header last', makeFarHeader, 'video/mp4'],
    ['header first', films.makeFastMp4, 'video/mp4'],
    ['fragmented', films.makeFragmentedMp4, 'video/mp4'],
    ['QuickTime', films.makeQuickTime, 'video/quicktime'],
    ['Matroska', films.makeMatroska, 'video/matroska'],
    ['WebM', films.makeWebm, 'video/webm'],
  ] as const)('a film without captions costs no read: %s', async (_, makeFilm, type) => {
    const { exact, headerReads, captions } = await read(await makeFilm(), type)
    expect({ exact, headerReads, captions }).toEqual({ exact: { reads: 0, bytes: 0 }, headerReads: 0, captions: [] })
  })

  const manyCues = Array.from({ length: 20 }, (_, n) => {
    const at = (ms: number) => `00:00:${String(n).padStart(2, '0')},${ms}`
    return `${n + 1}\n${at(100)} --> ${at(900)}\nCue ${n + 1}\n`
  }).join('\n')

  test.each([
    ['mp4', 'video/mp4'],
    ['matroska', 'video/matroska'],
  ] as const)('cues that lie scattered in %s are read by themselves', async (format, type) => {
    // Noise that nothing makes smaller: half a megabyte a second, more than is read of a file without an index.
    const noise = {
      source: 'anoisesrc=duration=20:sample_rate=96000,aformat=sample_fmts=s32:channel_layouts=stereo',
      encoder: 'flac',
    }
    const pictures = { ...films.h264, source: 'testsrc2=size=32x32:rate=5:duration=20,format=yuv420p', gopSize: 5 }
    const film = await films.makeMp4({ format, streams: [pictures, noise] })
    const file = await addCaptions({ film, format, captions: [{ as: 'srt', text: manyCues }] })
    const { captions, exact, note } = await read(file, type)
    expect(captions[0]?.vtt.match(/Cue \d+/g), note).toHaveLength(20)
    expect(file.length).toBeGreaterThan(5 * 2 ** 20)
    expect(exact.reads).toBeLessThanOrEqual(2 * 20)
    expect(exact.bytes).toBeLessThan(2 ** 15)
  })
})

describe('what is left behind', () => {
  const of = async (text: string) =>
    (
      await read(
        await make({ format: 'mp4', captions: [{ as: 'srt', text: `1\n00:00:00,500 --> 00:00:01,500\n${text}\n` }] }),
        'video/mp4',
      )
    ).captions

  test.each([
    ['a drone’s words', 'F/2.8, SS 206.14, ISO 150, EV 0, GPS (-122.3699, 37.5929, 15)'],
    ['a position by name', '[latitude: 48] [longitude: 2]'],
    ['home', 'HOME(149.0251,-20.2532) 2017.08.05'],
    ['a receiver’s sentence', '$GPRMC,081836,A,3751.65,S'],
    ['degrees', '48° 51′ N'],
  ])('a track that tells where it was filmed: %s', async (_, text) => {
    expect(await of(text)).toEqual([])
  })

  test('markup, scripts and whatever would end a cue', async () => {
    const [only] = await of('<script>alert(1)</script> 1 < 2 --> 3 &lt;img src=x&gt;\u202Eevil')
    expect(only?.vtt).toBe(
      'WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nalert(1) 1 &lt; 2 --&gt; 3 &lt;img src=x&gt; evil\n',
    )
  })

  test('broken tables: no captions, no error', async () => {
    const file = await make({ format: 'mp4', captions: [german] })
    const stco = file.lastIndexOf('stsc', undefined, 'latin1')
    file.writeUInt32BE(0xffff_ffff, stco + 8)
    expect((await read(file, 'video/mp4')).captions).toEqual([])
  })
})
