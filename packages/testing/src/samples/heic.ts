// Pictures as phones write them: one HEVC key frame in a HEIF container (ISO/IEC 23008-12), with the profile, the turn
// and the EXIF block that go with it. The frame comes from x265; the container is written here, box by box.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { openScene } from './pictures.ts'
import { encodeMedia } from './time-based/encode-media.ts'

export type HeicPlan = {
  /** What a person should see; the scene when absent. Its profile, if it carries one, goes into the container. */
  readonly upright?: Sharp
  /** Degrees counter-clockwise that a viewer must turn what is stored, as the container says it (`irot`). */
  readonly turn?: 0 | 90 | 180 | 270
  /** EXIF of this orientation, which a viewer must ignore, and the capture time of the samples. */
  readonly exifOrientation?: number
  /** Size that the container claims; the true one when absent. */
  readonly claimedPx?: readonly [width: number, height: number]
  /** Three brands, the major one first. */
  readonly brands?: readonly [string, string, string]
  /** The codec that the container claims, as the four letters of an item. */
  readonly codec?: string
}

type Frame = {
  readonly sample: Buffer
  readonly hvcC: Buffer
  readonly sizePx: readonly [width: number, height: number]
  readonly icc: Buffer | undefined
}

export async function makeHeic(plan: HeicPlan = {}): Promise<Buffer> {
  const { upright, turn = 0, exifOrientation, claimedPx } = plan
  const frame = await encodeFrame(upright ?? (await openScene()), turn)
  const exif = exifOrientation === undefined ? null : await makeExif(exifOrientation)
  return writeContainer({ ...frame, sizePx: claimedPx ?? frame.sizePx }, plan, exif)
}

async function encodeFrame(upright: Sharp, turn: number): Promise<Frame> {
  const whole = await upright.png({ compressionLevel: 1 }).toBuffer()
  // Turned without its profile, so that the stored values are those that the profile is about.
  const stored = await sharp(whole, { ignoreIcc: true }).rotate(turn).png({ compressionLevel: 1 }).toBuffer()
  const { width, height } = await sharp(stored).metadata()
  const { icc } = await sharp(whole).metadata()
  const film = await encodeStill(stored)
  return { sample: findBox(film, 'mdat').subarray(8), hvcC: findBox(film, 'hvcC'), sizePx: [width, height], icc }
}

/** One key frame, in a film because that muxer also makes the decoder's configuration. */
async function encodeStill(png: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-still-'))
  try {
    await writeFile(join(folder, 'still.png'), png)
    const colors = 'colorprim=bt709:transfer=iec61966-2-1:colormatrix=smpte170m:range=limited'
    return await encodeMedia({
      format: 'mp4',
      streams: [
        {
          source: `movie=${join(folder, 'still.png')},scale=out_color_matrix=bt601:out_range=limited,format=yuv420p`,
          encoder: 'libx265',
          options: { preset: 'ultrafast', crf: 12, 'x265-params': `log-level=none:keyint=1:${colors}` },
        },
      ],
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The box of this name, its head included, wherever in the file it is. */
function findBox(file: Buffer, name: string): Buffer {
  const at = file.indexOf(name, 0, 'latin1') - 4
  if (at < 0) throw new Error(`no ${name}`)
  return file.subarray(at, at + file.readUInt32BE(at))
}

async function makeExif(orientation: number): Promise<Buffer> {
  const jpeg = await (
    await openScene(16, 16)
  )
    .withExif({ IFD2: { DateTimeOriginal: '2024:05:06 07:08:09', OffsetTimeOriginal: '+02:00' } })
    .withMetadata({ orientation })
    .jpeg()
    .toBuffer()
  const { exif } = await sharp(jpeg).metadata()
  if (exif === undefined) throw new Error('no EXIF')
  // Where the TIFF header begins, counted from here: behind `Exif\0\0`.
  return Buffer.concat([u32(6), exif])
}

const frameItem = 1
const exifItem = 2

function writeContainer(
  { sample, hvcC, sizePx, icc }: Frame,
  { turn = 0, brands: [major, ...compatible] = ['heic', 'mif1', 'heic'], codec = 'hvc1' }: HeicPlan,
  exif: Buffer | null,
): Buffer {
  const properties = [hvcC, fullBox('ispe', 0, u32(sizePx[0]), u32(sizePx[1]))]
  if (icc !== undefined) properties.push(box('colr', text('prof'), icc))
  if (turn !== 0) properties.push(box('irot', Buffer.from([turn / 90])))
  const ftyp = box('ftyp', text(major), u32(0), text(compatible.join('')))
  const writeMeta = (dataAt: number): Buffer =>
    fullBox(
      'meta',
      0,
      fullBox('hdlr', 0, u32(0), text('pict'), Buffer.alloc(13)),
      fullBox('pitm', 0, u16(frameItem)),
      writeLocations(dataAt, [sample, ...(exif === null ? [] : [exif])]),
      writeItems(codec, exif !== null),
      ...(exif === null ? [] : [fullBox('iref', 0, box('cdsc', u16(exifItem), u16(1), u16(frameItem)))]),
      box('iprp', box('ipco', ...properties), writeAssociations(properties.length)),
    )
  const dataAt = ftyp.length + writeMeta(0).length + 8
  return Buffer.concat([ftyp, writeMeta(dataAt), box('mdat', sample, exif ?? Buffer.alloc(0))])
}

/** Offsets and lengths of 4 bytes each, counted from the beginning of the file. */
function writeLocations(dataAt: number, bodies: readonly Buffer[]): Buffer {
  let at = dataAt
  const entries = bodies.map((body, index) => {
    const entry = Buffer.concat([u16(frameItem + index), u16(0), u16(1), u32(at), u32(body.length)])
    at += body.length
    return entry
  })
  return fullBox('iloc', 0, Buffer.from([0x44, 0]), u16(bodies.length), ...entries)
}

function writeItems(codec: string, hasExif: boolean): Buffer {
  const item = (id: number, type: string) => fullBox('infe', 2, u16(id), u16(0), text(type), Buffer.alloc(1))
  const items = [item(frameItem, codec), ...(hasExif ? [item(exifItem, 'Exif')] : [])]
  return fullBox('iinf', 0, u16(items.length), ...items)
}

/** All properties are the frame's, in the order in which they stand, and all must be understood. */
function writeAssociations(count: number): Buffer {
  const indexes = Buffer.from(Array.from({ length: count }, (_, index) => 0x80 | (index + 1)))
  return fullBox('ipma', 0, u32(1), u16(frameItem), Buffer.from([count]), indexes)
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([u32(body.length + 8), text(type), body])
}

const fullBox = (type: string, version: number, ...content: readonly Buffer[]): Buffer =>
  box(type, Buffer.from([version, 0, 0, 0]), ...content)

const text = (latin1: string): Buffer => Buffer.from(latin1, 'latin1')

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
