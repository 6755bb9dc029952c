// What becomes of a picture before it is uploaded again: saved anew, made smaller, mirrored, cut. For whatever must know
// it all the same.
import sharp from 'sharp'

export type Copy = {
  readonly name: string
  readonly kind: 're-encoded or resized' | 'mirrored' | 'cropped'
  /** @param nth tells copies of different pictures apart, where a cut may lie anywhere */
  make(file: Buffer, nth: number): Promise<Buffer>
}

/** Shares of width and height that are cut off at each side. */
type Cut = { readonly left?: number; readonly right?: number; readonly top?: number; readonly bottom?: number }

async function crop(file: Buffer, { left = 0, right = 0, top = 0, bottom = 0 }: Cut): Promise<Buffer> {
  const { width, height } = await sharp(file).metadata()
  const box = {
    left: Math.round(left * width),
    top: Math.round(top * height),
    width: Math.round((1 - left - right) * width),
    height: Math.round((1 - top - bottom) * height),
  }
  return sharp(file).extract(box).jpeg({ quality: 80 }).toBuffer()
}

/** Anything from 0 to 0.1, the same for the same number. */
const anyTenth = (nth: number): number => (((Math.imul(nth + 1, 0x9e3779b1) >>> 8) & 0xffff) / 0xffff) * 0.1

const oneSide = (nth: number): Cut => [{ left: 0.1 }, { right: 0.1 }, { top: 0.1 }, { bottom: 0.1 }][nth % 4] ?? {}

function nineTenthsAnywhere(nth: number): Cut {
  const [left, top] = [anyTenth(nth * 2), anyTenth(nth * 2 + 1)]
  return { left, right: 0.1 - left, top, bottom: 0.1 - top }
}

const sharePx = async (file: Buffer, share: number): Promise<number> =>
  Math.max(1, Math.round((await sharp(file).metadata()).width * share))

const same = 're-encoded or resized'

export const pictureCopies: readonly Copy[] = [
  { name: 'JPEG, quality 30', kind: same, make: (file) => sharp(file).jpeg({ quality: 30 }).toBuffer() },
  {
    name: 'WebP, half the size, quality 60',
    kind: same,
    make: async (file) =>
      sharp(file)
        .resize(await sharePx(file, 0.5))
        .webp({ quality: 60 })
        .toBuffer(),
  },
  {
    name: 'JPEG that fits 128 px',
    kind: same,
    make: (file) => sharp(file).resize(128, 128, { fit: 'inside' }).jpeg({ quality: 75 }).toBuffer(),
  },
  {
    name: 'AVIF, 1.5 times the size',
    kind: same,
    make: async (file) =>
      sharp(file)
        .resize(await sharePx(file, 1.5))
        .avif({ quality: 50, effort: 0 })
        .toBuffer(),
  },
  {
    name: 'mirrored left to right',
    kind: 'mirrored',
    make: (file) => sharp(file).flop().jpeg({ quality: 75 }).toBuffer(),
  },
  {
    name: 'mirrored top to bottom',
    kind: 'mirrored',
    make: (file) => sharp(file).flip().jpeg({ quality: 75 }).toBuffer(),
  },
  {
    name: 'a tenth of width and height off, evenly',
    kind: 'cropped',
    make: (file) => crop(file, { left: 0.05, right: 0.05, top: 0.05, bottom: 0.05 }),
  },
  {
    name: 'a tenth off every side',
    kind: 'cropped',
    make: (file) => crop(file, { left: 0.1, right: 0.1, top: 0.1, bottom: 0.1 }),
  },
  {
    name: 'a tenth of the area off, evenly',
    kind: 'cropped',
    make: (file) => crop(file, { left: 0.0257, right: 0.0257, top: 0.0257, bottom: 0.0257 }),
  },
  { name: 'a tenth off one side', kind: 'cropped', make: (file, nth) => crop(file, oneSide(nth)) },
  {
    name: 'a tenth of width and height off, anywhere',
    kind: 'cropped',
    make: (file, nth) => crop(file, nineTenthsAnywhere(nth)),
  },
  {
    name: 'up to a tenth off each side',
    kind: 'cropped',
    make: (file, nth) =>
      crop(file, {
        left: anyTenth(nth * 4),
        right: anyTenth(nth * 4 + 1),
        top: anyTenth(nth * 4 + 2),
        bottom: anyTenth(nth * 4 + 3),
      }),
  },
]
