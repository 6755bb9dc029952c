// Makes a strict PNG of one that browsers show and libpng refuses: with a wrong checksum over the pixels, a window
// stated too small, or side data that does not agree with its own checksum, which browsers drop. Pixels that do not
// agree with the checksum of their chunk are never mended: no browser shows those. Called by decode-image, after a failure.
import { crc32, createInflateRaw } from 'node:zlib'
import { pixelsMax } from '@shoebox/shared/media/pixel-limits.ts'
import { layPngChunk } from './png-chunks.ts'

type Chunk = { readonly name: string; readonly whole: Buffer; readonly data: Buffer; readonly isSound: boolean }

/** Null when nothing is wrong that can be put right. */
export async function mendPng(file: Buffer): Promise<Buffer | null> {
  const chunks = readChunks(file)
  const header = chunks?.[0]?.data
  if (chunks === null || header === undefined || header.length < 8) return null
  if (chunks.some(({ name, isSound }) => !isSound && isCritical(name))) return null
  const [widthPx, heightPx] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  if (widthPx * heightPx > pixelsMax.default) return null
  const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data))
  const mended = await mendPacked(packed, (widthPx * bytesPerPixelMax + 1) * heightPx * 2)
  if (mended === null || (mended.equals(packed) && chunks.every(({ isSound }) => isSound))) return null
  const first = chunks.findIndex(({ name }) => name === 'IDAT')
  const laid = chunks.flatMap(({ name, whole, isSound }, n) =>
    n === first ? [layPngChunk('IDAT', mended)] : !isSound || name === 'IDAT' ? [] : [whole],
  )
  return Buffer.concat([file.subarray(0, signatureBytes), ...laid])
}

const signatureBytes = 8
/** 16 bits each of red, green, blue and alpha. */
const bytesPerPixelMax = 8

/** Lower case first marks what a reader may pass over. */
const isCritical = (name: string): boolean => /^[A-Z]/.test(name)

/** Null unless the file goes on to its last chunk. */
function readChunks(file: Buffer): Chunk[] | null {
  const chunks: Chunk[] = []
  for (let at = signatureBytes; at + 12 <= file.length;) {
    const end = at + 12 + file.readUInt32BE(at)
    if (end > file.length) return null
    const name = file.toString('latin1', at + 4, at + 8)
    const isSound = crc32(file.subarray(at + 4, end - 4)) === file.readUInt32BE(end - 4)
    // The last chunk is empty: there is nothing in it that could be wrong.
    const whole = name === 'IEND' ? layPngChunk(name, Buffer.alloc(0)) : file.subarray(at, end)
    chunks.push({ name, whole, data: file.subarray(at + 8, end - 4), isSound: isSound || name === 'IEND' })
    if (name === 'IEND') return chunks
    at = end
  }
  return null
}

/** Deflate, the largest window (RFC 1950). */
const zlibHeader = Buffer.of(0x78, 0x01)
const windowMax = 7

/** The same pixels with the window and the checksum that they need; null when they do not unpack. */
async function mendPacked(packed: Buffer, bytesMax: number): Promise<Buffer | null> {
  const hasDictionary = ((packed[1] ?? 0) & 0x20) !== 0
  if (((packed[0] ?? 0) & 0x0f) !== 8 || hasDictionary) return null
  const inflate = createInflateRaw({ chunkSize: 2 ** 18 })
  inflate.end(packed.subarray(zlibHeader.length))
  const sum = { low: 1, high: 0 }
  let bytes = 0
  try {
    for await (const part of inflate as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > bytesMax) return null
      addTo(sum, part)
    }
  } catch {
    return null
  }
  const check = Buffer.alloc(4)
  check.writeUInt32BE(sum.high * 0x1_0000 + sum.low)
  const end = zlibHeader.length + inflate.bytesWritten
  const header = (packed[0] ?? 0) >> 4 === windowMax ? packed.subarray(0, zlibHeader.length) : zlibHeader
  return Buffer.concat([header, packed.subarray(zlibHeader.length, end), check])
}

const adlerModulus = 65_521
/** So many bytes can be added before the sums outgrow 32 bits. */
const adlerRun = 5552

/** Adler-32, which Node's zlib keeps to itself. */
function addTo(sum: { low: number; high: number }, part: Buffer): void {
  let { low, high } = sum
  for (let at = 0; at < part.length;) {
    const end = Math.min(part.length, at + adlerRun)
    for (; at < end; at += 1) {
      low += part[at] ?? 0
      high += low
    }
    low %= adlerModulus
    high %= adlerModulus
  }
  sum.low = low
  sum.high = high
}
