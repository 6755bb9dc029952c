// Compares a picture of a page with the accepted one, as an eye would: what is smoothed at the edge of a letter may
// differ, a colour or a place may not. What differs is written below .local, beside how it is now.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import pixelmatch from 'pixelmatch'
import sharp from 'sharp'

export const acceptedFolder = join(import.meta.dirname, 'accepted')
const failedFolder = resolve(import.meta.dirname, '../../.local/screens')

/** 0 to 1. About 6 of 255 steps of brightness: less than between any two colours of the theme. */
const threshold = 0.025
/** So many pixels may differ more than that: a few at the edges of curves. A dot of news is 41. */
const pixelsMax = 24

type Pixels = { readonly data: Buffer; readonly width: number; readonly height: number }

const readPixels = async (picture: Buffer): Promise<Pixels> => {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

export type Difference = { readonly pixels: number; readonly picture: Buffer | null }

/** Null: nobody would see that they are two. */
export async function findDifference(accepted: Buffer, actual: Buffer): Promise<Difference | null> {
  const [one, other] = await Promise.all([readPixels(accepted), readPixels(actual)])
  if (one.width !== other.width || one.height !== other.height) return { pixels: Infinity, picture: null }
  const { width, height } = one
  const marked = Buffer.alloc(one.data.length)
  const pixels = pixelmatch(one.data, other.data, marked, width, height, { threshold })
  if (pixels <= pixelsMax) return null
  const picture = await sharp(marked, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
  return { pixels, picture }
}

function failedPath(name: string, kind: string): string {
  mkdirSync(failedFolder, { recursive: true })
  return join(failedFolder, `${name}.${kind}.png`)
}

/** Where a page is shown that did not come to what it should show. */
export const brokenPath = (name: string): string => failedPath(name, 'broken')

export const acceptedPath = (name: string): string => join(acceptedFolder, `${name}.webp`)

/** Nothing is lost but what no eye sees of photographs, which take most of the room. */
export const pack = (png: Buffer): Promise<Buffer> =>
  sharp(png).removeAlpha().webp({ nearLossless: true, quality: 60, effort: 5 }).toBuffer()

/** What to say where a picture is not as accepted; null where it is. */
export async function judgeShot(name: string, actual: Buffer): Promise<string | null> {
  const path = acceptedPath(name)
  const difference = existsSync(path) ? await findDifference(readFileSync(path), actual) : undefined
  if (difference === null) return null
  const write = (kind: string, picture: Buffer): string => {
    const file = failedPath(name, kind)
    writeFileSync(file, picture)
    return file
  }
  const now = `now: ${write('now', actual)}`
  const how = 'Look at it; if it is meant to be so: npm run screens:accept'
  if (difference === undefined) return `${name} has no accepted picture. ${now}. ${how}`
  if (difference.picture === null) return `${name} has another size than the accepted picture. ${now}. ${how}`
  const marked = write('difference', difference.picture)
  return `${name} differs from the accepted picture in ${difference.pixels} pixels. ${now}, where: ${marked}. ${how}`
}
