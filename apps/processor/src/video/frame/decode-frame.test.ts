// Frames of one colour, encoded without loss under every convention that films use, must come out as that colour.
import { describe, expect, test } from 'vitest'
import { encodeMedia } from '@shoebox/testing/samples/time-based/encode-media.ts'
import { BlockSource } from '../reader/block-source.ts'
import { probeMedia } from '../reader/probe-media.ts'
import { extractFrame } from './decode-frame.ts'

type Convention = {
  readonly matrix: 'bt709' | 'smpte170m' | 'bt2020nc'
  readonly range: 'tv' | 'pc'
  readonly primaries?: string
  readonly transfer?: string
  readonly depth?: 8 | 10
  readonly size?: string
  /** Whether the stream says what it is. */
  readonly isTagged?: boolean
}

const color = [48, 128, 192]

async function seeColor(convention: Convention, rgb: readonly number[] = color): Promise<number[]> {
  const { matrix, range, depth = 8, size = '128x128', isTagged = true } = convention
  const hex = rgb.map((value) => value.toString(16).padStart(2, '0')).join('')
  const format = depth === 8 ? 'yuv420p' : 'yuv420p10le'
  const tags = isTagged
    ? `setparams=colorspace=${matrix}:range=${range}:color_primaries=${convention.primaries ?? 'bt709'}` +
      `:color_trc=${convention.transfer ?? 'bt709'}`
    : 'setparams=colorspace=unknown:range=unknown'
  const swsMatrix = matrix === 'bt2020nc' ? 'bt2020' : matrix
  const film = await encodeMedia({
    format: 'mp4',
    streams: [
      {
        source:
          `color=c=0x${hex}:size=${size}:rate=10:duration=0.3,format=rgb24,` +
          `scale=out_color_matrix=${swsMatrix}:out_range=${range}:flags=accurate_rnd,format=${format},${tags}`,
        encoder: 'libx264',
        options: { preset: 'ultrafast', qp: 0 },
      },
    ],
  })
  const source = new BlockSource(film.length, async (from, to) => film.subarray(from, to), {
    bytesMax: 1e8,
    readsMax: 99,
  })
  const opened = await probeMedia(source, 'video/mp4')
  if (!opened.ok || opened.value.openFrames === null) throw new Error('not read')
  const frame = await extractFrame(await opened.value.openFrames(), {
    bytesMax: 1e6,
    heldBytesMax: 1e9,
    pixelsMax: 1e9,
  })
  const middle = ((frame?.heightPx ?? 0) / 2) * (frame?.widthPx ?? 0) * 3
  return [...(frame?.rgb.subarray(middle, middle + 3) ?? [])]
}

const expectNear = (seen: readonly number[], wanted: readonly number[], within: number) =>
  wanted.forEach((value, channel) =>
    expect(Math.abs((seen[channel] ?? -99) - value), `saw ${seen.join()}, wanted ${wanted.join()}`).toBeLessThanOrEqual(
      within,
    ),
  )

describe('plain colours', () => {
  test.each([
    [{ matrix: 'bt709', range: 'tv' }],
    [{ matrix: 'bt709', range: 'pc' }],
    [{ matrix: 'smpte170m', range: 'tv', primaries: 'smpte170m', transfer: 'smpte170m' }],
    [{ matrix: 'smpte170m', range: 'pc', primaries: 'smpte170m', transfer: 'smpte170m' }],
    [{ matrix: 'bt709', range: 'tv', depth: 10 }],
    [{ matrix: 'bt2020nc', range: 'tv', depth: 10 }],
  ] as const)('are exact to two steps for %o', async (convention) => {
    expectNear(await seeColor(convention), color, 2)
  })

  test('follow the size where the film does not say: BT.709 from 720 lines on, BT.601 below', async () => {
    expectNear(await seeColor({ matrix: 'bt709', range: 'tv', size: '1280x720', isTagged: false }), color, 2)
    expectNear(await seeColor({ matrix: 'smpte170m', range: 'tv', size: '640x360', isTagged: false }), color, 2)
  })
})

describe('wide colours', () => {
  const hdr = { matrix: 'bt2020nc', range: 'tv', depth: 10, primaries: 'bt2020' } as const

  test.each(['smpte2084', 'arib-std-b67'] as const)('keep grey grey and in order under %s', async (transfer) => {
    const seen = []
    for (const level of [0, 64, 128, 192, 255]) seen.push(await seeColor({ ...hdr, transfer }, [level, level, level]))
    for (const [r = 0, g = 0, b = 0] of seen) expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThanOrEqual(2)
    const levels = seen.map(([r = 0]) => r)
    expect(levels).toEqual(levels.toSorted((one, other) => one - other))
    expect(levels[0]).toBeLessThanOrEqual(1)
    expect(levels[4]).toBeGreaterThanOrEqual(250)
  })

  test('show diffuse white as near white, and no highlight as grey', async () => {
    // 203 nits are 58 % of the PQ signal and 75 % of the HLG signal (ITU-R BT.2408).
    const pq = Math.round(0.58 * 255)
    const hlg = Math.round(0.75 * 255)
    expect((await seeColor({ ...hdr, transfer: 'smpte2084' }, [pq, pq, pq]))[0]).toBeGreaterThan(230)
    expect((await seeColor({ ...hdr, transfer: 'arib-std-b67' }, [hlg, hlg, hlg]))[0]).toBeGreaterThan(230)
  })

  test('bring a saturated BT.2020 colour inside sRGB without changing which channel leads', async () => {
    const [r = 0, g = 0, b = 0] = await seeColor({ ...hdr, transfer: 'bt709' }, [30, 200, 60])
    expect(g).toBeGreaterThan(b)
    expect(b).toBeGreaterThanOrEqual(r)
  })
})
