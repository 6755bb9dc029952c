// Gives a JPEG the end marker that some cameras leave out and that every browser supplies. Only where all of the picture
// is there: one that was cut off on its way looks the same at first sight. What hangs behind the last of its data is
// judged as any trailer, and left away. Called by decode-image for a JPEG that does not say where it ends. What libvips
// doubts it says in one place for all threads of a process: nothing else may be decoded there meanwhile.
import sharp from 'sharp'
import { pixelsMax } from '@shoebox/shared/media/pixel-limits.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { findForeign } from '../find-foreign.ts'
import { refuseImage } from './judge-failure.ts'
import type { PictureRefusal } from './picture.ts'

const endMarker = Buffer.of(0xff, 0xd9)

/** How many coefficients describe a block of 8 by 8 pixels. */
const blockCoefficients = 64
/** More than the decoder leaves unread of a picture's last bits. */
const lastBytes = 4
/** The most lines that one piece of the data stands for. */
const bottomPx = 16
/** What data that was cut off would go on with; no bit of one is that of the other. */
const fills = [Buffer.alloc(64, 0x55), Buffer.alloc(64, 0xaa)] as const

export async function mendJpeg(file: Buffer, passSeconds: number): Promise<Result<Buffer, PictureRefusal>> {
  const end = await findEnd(file, passSeconds)
  if (end === null) return refuseImage('image_damaged', 'no end')
  // Where exactly a trailer begins cannot be told: its first byte may have served as the picture's last bits.
  const hidden = Array.from({ length: lastBytes }, (_, n) => findForeign(file.subarray(end + n)))
  const foreign = hidden.find((found) => found !== null)
  if (foreign != null) return refuseImage('file_hides_other', foreign)
  return accept(Buffer.concat([file.subarray(0, end), endMarker]))
}

/** How many bytes the picture needs, give or take its last bits; null when it needs more than there are. */
async function findEnd(file: Buffer, passSeconds: number): Promise<number | null> {
  const until = performance.now() + passSeconds * 1000
  const isEnough = async (end: number) =>
    performance.now() < until && (await examine(file.subarray(0, end), passSeconds)) !== 'short'
  const found = await examine(file, passSeconds)
  if (found !== 'open') return found === 'exact' ? file.length : null
  // A trailer is rare, and most are short.
  let [short, enough] = [0, file.length]
  for (let step = lastBytes; enough - step > short; step *= 8) {
    const isStill = await isEnough(enough - step)
    if (isStill) enough -= step
    else short = enough - step
  }
  if (enough === file.length) return enough
  while (enough - short > 1) {
    const middle = Math.floor((short + enough) / 2)
    if (await isEnough(middle)) enough = middle
    else short = middle
  }
  return performance.now() < until ? enough : null
}

/**
 * Whether the decoder finds all that it looks for, and whether it knows that there is no more. libvips reads a picture in
 * several scans whole before its first line, so nothing escapes it. Of others it speaks of its doubts at the next lines,
 * and so never of those about the last: they are whole when it makes no difference what stands behind the data.
 */
async function examine(data: Buffer, passSeconds: number): Promise<'short' | 'exact' | 'open'> {
  if (!tellsEverything(data)) return 'short'
  const read = (failOn: 'none' | 'warning', fill: Buffer) =>
    readBottom(Buffer.concat([data, fill, endMarker]), failOn, passSeconds)
  try {
    const { isProgressive } = await sharp(data, { limitInputPixels: pixelsMax.default }).metadata()
    const isOpen = await read('warning', Buffer.alloc(0)).then(() => false, passOver)
    if (isProgressive) return isOpen ? 'open' : 'exact'
    const [one, other] = [await read('none', fills[0]), await read('none', fills[1])]
    return one.equals(other) ? 'open' : 'short'
  } catch {
    return 'short'
  }
}

/** True for more than the picture needs, which is no doubt about it. */
function passOver(error: unknown): true {
  const doubts = error instanceof Error ? error.message.split('\n') : []
  if (!doubts.every((doubt) => doubt.endsWith('extraneous bytes before marker 0xd9'))) throw error
  return true
}

/** The last lines in full size, for which all before them have to be decoded. */
async function readBottom(file: Buffer, failOn: 'none' | 'warning', passSeconds: number): Promise<Buffer> {
  const options = { failOn, limitInputPixels: pixelsMax.default, sequentialRead: true, ignoreIcc: true } as const
  const { width, height } = await sharp(file, options).metadata()
  const bottom = { left: 0, top: Math.max(0, height - bottomPx), width, height: Math.min(height, bottomPx) }
  return sharp(file, options).extract(bottom).timeout({ seconds: passSeconds }).raw().toBuffer()
}

/** True when the scans that are there leave no coefficient untold. */
function tellsEverything(file: Buffer): boolean {
  let components = 0
  const told = new Set<number>()
  for (let at = file.indexOf(0xff, 2); at >= 0 && at + 1 < file.length; at = file.indexOf(0xff, at)) {
    const marker = file.readUInt8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else {
      const end = at + 4 > file.length ? Infinity : at + 2 + Math.max(2, file.readUInt16BE(at + 2))
      if (end > file.length) break
      const segment = file.subarray(at + 4, end)
      if (isFrame(marker)) components = segment[5] ?? 0
      if (marker === 0xda) noteScan(segment, told)
      at = end
    }
  }
  return components > 0 && told.size === components * blockCoefficients
}

/** SOF0 to SOF15, among which stand three that are tables. */
const isFrame = (marker: number): boolean =>
  (marker & 0xf0) === 0xc0 && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** A scan names its components, then the first and last coefficient that it tells, then which bit of them comes last. */
function noteScan(scan: Buffer, told: Set<number>): void {
  const components = scan[0] ?? 0
  const [first = 0, last = 0, bits = 0] = scan.subarray(1 + 2 * components)
  if ((bits & 0x0f) !== 0) return
  for (let n = 0; n < components; n += 1)
    for (let k = first; k <= Math.min(last, blockCoefficients - 1); k += 1)
      told.add((scan[1 + 2 * n] ?? 0) * blockCoefficients + k)
}
