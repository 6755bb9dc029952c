// Small pictures whose every corner has its own colour, so that a test sees at once when one was turned, mirrored or
// stretched. Made in code: nothing here was anyone's photo.
import sharp, { type Sharp } from 'sharp'

export type Rgb = readonly [red: number, green: number, blue: number]

/** The colours of the scene's corners as a person should see them. */
export const sceneCorners = {
  topLeft: [220, 40, 40],
  topRight: [40, 180, 60],
  bottomLeft: [40, 70, 200],
  bottomRight: [230, 200, 40],
} as const satisfies Record<string, Rgb>

export const sceneSize = { widthPx: 360, heightPx: 240 } as const

/** The scene at any size: four rectangles, upright, 8-bit RGB. */
export async function paintScene(
  widthPx: number = sceneSize.widthPx,
  heightPx: number = sceneSize.heightPx,
): Promise<Buffer> {
  const row = (left: Rgb, right: Rgb): Buffer =>
    Buffer.from(Array.from({ length: widthPx }, (_, x) => (x < widthPx / 2 ? left : right)).flat())
  const top = row(sceneCorners.topLeft, sceneCorners.topRight)
  const bottom = row(sceneCorners.bottomLeft, sceneCorners.bottomRight)
  return Buffer.concat(Array.from({ length: heightPx }, (_, y) => (y < heightPx / 2 ? top : bottom)))
}

/** The scene as a pipeline, to be encoded in whatever way a test needs. */
export async function openScene(
  widthPx: number = sceneSize.widthPx,
  heightPx: number = sceneSize.heightPx,
): Promise<Sharp> {
  return sharp(await paintScene(widthPx, heightPx), { raw: { width: widthPx, height: heightPx, channels: 3 } })
}

/** How the sensor saw the scene when a viewer must apply this EXIF orientation to see it upright. */
async function lieAsStored(orientation: number): Promise<Sharp> {
  const upright = await (await openScene()).png().toBuffer()
  const mirror = async (pixels: Buffer) => sharp(pixels).flop().png().toBuffer()
  const turn = (pixels: Buffer, degrees: number) => sharp(pixels).rotate(degrees)
  switch (orientation) {
    case 2:
      return sharp(upright).flop()
    case 3:
      return turn(upright, 180)
    case 4:
      return sharp(upright).flip()
    case 5:
      return turn(await mirror(upright), 270)
    case 6:
      return turn(upright, 270)
    case 7:
      return turn(await mirror(upright), 90)
    case 8:
      return turn(upright, 90)
    default:
      return sharp(upright)
  }
}

/** When the samples that say so were taken. */
export const sampleTakenAt = { local: '2024-05-06T07:08:09', offsetMinutes: 120, source: 'exif' } as const

/** A JPEG that must be turned as its EXIF orientation says, with a capture time and a place that must not survive. */
export async function makeOrientedJpeg(orientation: number): Promise<Buffer> {
  return (await lieAsStored(orientation))
    .withExif({
      IFD0: { Make: 'Shoebox', Model: 'Sample' },
      IFD2: { DateTimeOriginal: '2024:05:06 07:08:09', OffsetTimeOriginal: '+02:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
    })
    .withMetadata({ orientation })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer()
}

/** An animation whose first frame is the scene; the others are lighter and darker by turns, so that none is merged. */
export async function makeAnimation(
  format: 'gif' | 'webp',
  frames: number,
  widthPx = 60,
  heightPx = 40,
): Promise<Buffer> {
  const scene = await paintScene(widthPx, heightPx)
  const dark = scene.map((value) => Math.round(value / 2))
  const roll = Buffer.concat(Array.from({ length: frames }, (_, index) => (index % 2 === 0 ? scene : dark)))
  const pipeline = sharp(roll, {
    raw: { width: widthPx, height: heightPx * frames, channels: 3, pageHeight: heightPx },
  })
  return format === 'gif'
    ? pipeline.gif({ delay: Array.from({ length: frames }, () => 80), loop: 0 }).toBuffer()
    : pipeline.webp({ delay: Array.from({ length: frames }, () => 80), loop: 0, quality: 90 }).toBuffer()
}
