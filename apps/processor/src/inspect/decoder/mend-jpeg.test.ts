import type { JpegOptions } from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { expectCorners } from '@shoebox/testing/samples/compare-pictures.ts'
import { openScene, sceneCorners } from '@shoebox/testing/samples/pictures.ts'
import { createDecoder } from './decoder-process.ts'

// In a process of its own, as in the function: what libvips says of a picture is read here, and all threads of a process
// say it in one place.
const decoder = createDecoder({ entry: new URL('./decoder.child.ts', import.meta.url), env: {} })
afterAll(() => decoder.stop())

const decodeJpeg = (file: Buffer, options: { wantsCopy?: boolean } = {}) =>
  decoder.decode({ type: 'image/jpeg', bytes: file.length, ...options }, async function* () {
    yield file
  })

const endMarkerBytes = 2

async function makeEndless(options: JpegOptions = {}): Promise<Buffer> {
  const scene = await openScene()
  return (await scene.removeAlpha().jpeg(options).toBuffer()).subarray(0, -endMarkerBytes)
}

/** Where each scan but the last one ends: at the next one's tables or header. */
function findScanEnds(jpeg: Buffer): number[] {
  const scans: number[] = []
  for (let at = jpeg.indexOf('\xff\xda', 0, 'latin1'); at >= 0; at = jpeg.indexOf('\xff\xda', at + 2, 'latin1')) {
    const next = [
      ...jpeg
        .subarray(at + 2)
        .toString('latin1')
        .matchAll(/\xff[\xc4\xda]/g),
    ].at(0)
    if (next !== undefined) scans.push(at + 2 + next.index)
  }
  return scans
}

const whole: readonly (readonly [what: string, make: () => Promise<Buffer>])[] = [
  ['in one scan', makeEndless],
  ['in scans that grow sharper', () => makeEndless({ progressive: true })],
  ['with half the marker', async () => Buffer.concat([await makeEndless(), Buffer.of(0xff)])],
  ['in grey', async () => (await (await openScene()).greyscale().jpeg().toBuffer()).subarray(0, -endMarkerBytes)],
]

describe('a JPEG without its end marker', () => {
  test.each(whole)('is shown when the picture is all there: %s', async (what, make) => {
    const verdict = await decodeJpeg(await make(), { wantsCopy: true })
    if (!verdict.ok) throw new Error(verdict.refusal.detail)
    if (what === 'in grey') return
    for (const { body } of verdict.value.derivatives) await expectCorners(body, sceneCorners)
    await expectCorners(Buffer.concat(verdict.value.copy?.pieces ?? []), sceneCorners)
  })

  test.each([{}, { progressive: true }])('is refused wherever it was cut off: %o', async (options) => {
    const jpeg = await makeEndless(options)
    const spread = Array.from({ length: 40 }, (_, n) => Math.ceil((jpeg.length * (n + 1)) / 41))
    for (const end of [jpeg.length - 1, jpeg.length - 2, jpeg.length - 9, ...findScanEnds(jpeg), ...spread]) {
      const verdict = await decodeJpeg(jpeg.subarray(0, end))
      expect([end, verdict.ok ? 'shown' : verdict.refusal.reason]).toEqual([end, 'image_damaged'])
    }
  })

  test.each([{}, { progressive: true }])('is judged by what hangs behind its last bits: %o', async (options) => {
    const jpeg = await makeEndless(options)
    const program = Buffer.alloc(300, 0x90)
    program.write('MZ', 0, 'latin1')
    program.writeUInt32LE(64, 0x3c)
    for (const trailer of [program, Buffer.from('Rar!\x1a\x07\0 and more', 'latin1'), Buffer.from('<?php echo 1 ?>')]) {
      const verdict = await decodeJpeg(Buffer.concat([jpeg, trailer]))
      expect(verdict).toMatchObject({ ok: false, refusal: { reason: 'file_hides_other' } })
    }
    for (const trailer of [Buffer.from('\r\n'), Buffer.alloc(5000), jpeg.subarray(-40)]) {
      const verdict = await decodeJpeg(Buffer.concat([jpeg, trailer]), { wantsCopy: true })
      if (!verdict.ok) throw new Error(verdict.refusal.detail)
      expect(Buffer.concat(verdict.value.copy?.pieces ?? []).length).toBeLessThan(jpeg.length + 8)
    }
  })
})
