// Writes a TIFF tag by tag (TIFF 6.0, section 2, and BigTIFF), for files that no encoder would write.
import { paintScene, sceneSize } from './pictures.ts'

export const tiffTypes = { byte: 1, ascii: 2, short: 3, long: 4, undefined: 7 } as const
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 7: 1 }

/** A number is one value of its type; bytes are as many as they make. */
export type TiffTag = readonly [tag: number, type: number, value: number | Buffer]

/** How the numbers of the scene are written, from 0 to 255, in place of one byte each. */
export type TiffNumbers = {
  readonly bytes: number
  /** TIFF 6.0, section 19: 1 whole numbers, 3 floating point. */
  readonly format: 1 | 3
  readonly write: (pixels: Buffer, value: number, at: number) => void
}

export type TiffForm = {
  readonly isBigEndian?: boolean
  readonly isBigTiff?: boolean
  readonly numbers?: TiffNumbers
  readonly inks?: keyof typeof inks
  /** The lower right quarter is clear. TIFF 6.0, section 18: 1 colours count as multiplied by it, 2 as they are. */
  readonly alpha?: 1 | 2
}

type Inks = { readonly photometric: number; readonly mix: (scene: readonly number[]) => readonly number[] }

const inks = {
  rgb: { photometric: 2, mix: (scene) => scene },
  /** Its red alone. */
  grey: { photometric: 1, mix: (scene) => scene.slice(0, 1) },
  cmyk: { photometric: 5, mix: (scene) => [...scene.map((value) => 255 - value), 0] },
} satisfies Record<string, Inks>

const bytesAsTheyAre: TiffNumbers = { bytes: 1, format: 1, write: (pixels, value, at) => pixels.writeUInt8(value, at) }

async function paintNumbers({ mix }: Inks, hasAlpha: boolean): Promise<number[]> {
  const { widthPx, heightPx } = sceneSize
  const scene = await paintScene()
  return Array.from({ length: widthPx * heightPx }, (_, n) => {
    const isClear = n % widthPx >= widthPx / 2 && n >= (widthPx * heightPx) / 2
    return [...mix([...scene.subarray(3 * n, 3 * n + 3)]), ...(hasAlpha ? [isClear ? 0 : 255] : [])]
  }).flat()
}

/** The scene in one strip behind its directory, with these tags besides those that it needs. */
export async function makeTiff(
  tags: readonly TiffTag[] = [],
  { isBigEndian = false, isBigTiff = false, numbers = bytesAsTheyAre, inks: named = 'rgb', alpha }: TiffForm = {},
): Promise<Buffer> {
  const offsetBytes = isBigTiff ? 8 : 4
  const countBytes = isBigTiff ? 8 : 2
  const number = (value: number, bytes: number): Buffer => {
    const written = Buffer.alloc(bytes)
    if (isBigEndian) written.writeUIntBE(value, Math.max(0, bytes - 6), Math.min(6, bytes))
    else written.writeUIntLE(value, 0, Math.min(6, bytes))
    return written
  }
  const values = await paintNumbers(inks[named], alpha !== undefined)
  const pixels = Buffer.alloc(values.length * numbers.bytes)
  values.forEach((value, n) => numbers.write(pixels, value, n * numbers.bytes))
  const channels = values.length / (sceneSize.widthPx * sceneSize.heightPx)
  const each = (value: number): Buffer => Buffer.concat(Array.from({ length: channels }, () => number(value, 2)))
  const needed = (pixelsAt: number): readonly TiffTag[] => [
    [256, tiffTypes.long, sceneSize.widthPx],
    [257, tiffTypes.long, sceneSize.heightPx],
    [258, tiffTypes.short, each(8 * numbers.bytes)],
    [259, tiffTypes.short, 1],
    [262, tiffTypes.short, inks[named].photometric],
    [273, tiffTypes.long, pixelsAt],
    [277, tiffTypes.short, channels],
    [278, tiffTypes.long, sceneSize.heightPx],
    [279, tiffTypes.long, pixels.length],
    ...(alpha === undefined ? [] : [[338, tiffTypes.short, alpha] as const]),
    [339, tiffTypes.short, each(numbers.format)],
  ]
  const head = [
    Buffer.from(isBigEndian ? 'MM' : 'II', 'latin1'),
    ...(isBigTiff ? [number(43, 2), number(8, 2), number(0, 2)] : [number(42, 2)]),
    number(isBigTiff ? 16 : 8, offsetBytes),
  ]
  const lay = (pixelsAt: number): Buffer => {
    const sorted = [...needed(pixelsAt), ...tags].toSorted(([one], [other]) => one - other)
    const values: Buffer[] = []
    let valueAt = (isBigTiff ? 16 : 8) + countBytes + sorted.length * (4 + 2 * offsetBytes) + offsetBytes
    const entries = sorted.map(([tag, type, value]) => {
      const oneBytes = typeBytes[type] ?? 1
      const body = typeof value === 'number' ? number(value, oneBytes) : value
      const field = Buffer.alloc(offsetBytes)
      if (body.length <= offsetBytes) body.copy(field)
      else {
        number(valueAt, offsetBytes).copy(field)
        values.push(body)
        valueAt += body.length
      }
      return Buffer.concat([number(tag, 2), number(type, 2), number(body.length / oneBytes, offsetBytes), field])
    })
    return Buffer.concat([...head, number(sorted.length, countBytes), ...entries, Buffer.alloc(offsetBytes), ...values])
  }
  return Buffer.concat([lay(lay(0).length), pixels])
}
