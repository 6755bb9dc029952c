// Pictures with the sizes, grain and file sizes of real ones, made in code: gradients, edges and sensor noise.
import sharp from 'sharp'
import { makeHeic } from '@shoebox/testing/samples/heic.ts'

export type Photo = {
  readonly name: string
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/avif' | 'image/heic'
  readonly body: Buffer
}

/** Raw RGB that looks like a photo to an encoder: smooth areas, a few edges, and noise all over. */
async function paintPhoto(widthPx: number, heightPx: number): Promise<Buffer> {
  const rows = Buffer.alloc(widthPx * heightPx * 3)
  let seed = 42
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, at += 3) {
      // A linear congruential step per pixel: cheap, and the same in every run.
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) | 0
      // Up to 12 steps either way: a 12 MP JPEG then has the 3 MB of a phone photo.
      const grain = (seed >>> 24) / 10.6 - 12
      const isObject = ((x >> 9) + (y >> 9)) % 3 === 0
      const base = isObject ? 90 + ((x ^ y) & 31) : 140 + (60 * y) / heightPx
      rows[at] = clamp(base + grain)
      rows[at + 1] = clamp(base * 0.9 + (50 * x) / widthPx + grain)
      rows[at + 2] = clamp(base * 0.7 + (80 * (heightPx - y)) / heightPx + grain)
    }
  }
  return rows
}

const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)))

async function openPhoto(widthPx: number, heightPx: number) {
  return sharp(await paintPhoto(widthPx, heightPx), {
    raw: { width: widthPx, height: heightPx, channels: 3 },
    limitInputPixels: false,
  })
}

const jpeg = async (name: string, widthPx: number, heightPx: number, progressive = false): Promise<Photo> => ({
  name,
  type: 'image/jpeg',
  body: await (await openPhoto(widthPx, heightPx)).jpeg({ quality: 88, progressive }).toBuffer(),
})

/** What people send: mostly phone photos, some screenshots, some pictures saved from the web. */
export async function makePhotoCorpus(): Promise<Photo[]> {
  const medium = await openPhoto(4000, 3000)
  const small = await openPhoto(2000, 1500)
  return [
    await jpeg('JPEG 12 MP', 4000, 3000),
    // As iPhones write them.
    {
      name: 'JPEG 12 MP Display P3',
      type: 'image/jpeg',
      body: await medium.clone().withIccProfile('p3').jpeg({ quality: 88 }).toBuffer(),
    },
    await jpeg('JPEG 12 MP progressive', 4000, 3000, true),
    await jpeg('JPEG 24 MP', 6000, 4000),
    await jpeg('JPEG 108 MP', 12_000, 9000),
    { name: 'PNG 3 MP', type: 'image/png', body: await small.clone().png({ compressionLevel: 6 }).toBuffer() },
    { name: 'WebP 12 MP', type: 'image/webp', body: await medium.clone().webp({ quality: 80, effort: 2 }).toBuffer() },
    { name: 'AVIF 12 MP', type: 'image/avif', body: await medium.clone().avif({ quality: 55, effort: 0 }).toBuffer() },
    { name: 'HEIC 12 MP', type: 'image/heic', body: await makeHeic({ upright: medium.clone() }) },
  ]
}

export const makePhonePhoto = (widthPx: number, heightPx: number): Promise<Photo> => jpeg('photo', widthPx, heightPx)
