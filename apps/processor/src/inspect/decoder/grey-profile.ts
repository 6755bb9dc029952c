// How light the numbers of a grey picture are meant by the profile it carries (ICC.1, 8.5 and 10.18): its one curve.
// sharp passes over such a profile where the numbers are of 16 bits, and where the decoder has made three colours of one.
import type { Metadata } from 'sharp'
import type { Curve } from './stated-gamma.ts'

const headerBytes = 128
const entryBytes = 12
const tagsMax = 64

/** Null where the numbers are shown as they are, and where libvips sees to it. */
export function findGreyCurve({ icc, space }: Pick<Metadata, 'icc' | 'space'>): Curve | null {
  if (icc === undefined || space === 'b-w' || icc.toString('latin1', 16, 20) !== 'GRAY') return null
  try {
    const curve = readGreyCurve(icc)
    return curve === null ? null : (value) => encodeForScreen(curve(value))
  } catch (error) {
    // It ends before its own tags do.
    if (error instanceof RangeError) return null
    throw error
  }
}

function readGreyCurve(icc: Buffer): Curve | null {
  const count = Math.min(tagsMax, icc.readUInt32BE(headerBytes))
  const entries = Array.from({ length: count }, (_, n) => headerBytes + 4 + entryBytes * n)
  const entry = entries.find((at) => icc.toString('latin1', at, at + 4) === 'kTRC')
  if (entry === undefined) return null
  const at = icc.readUInt32BE(entry + 4)
  const type = icc.toString('latin1', at, at + 4)
  return type === 'curv' ? readTable(icc, at) : type === 'para' ? readFormula(icc, at) : null
}

const tableMax = 4096

function readTable(icc: Buffer, at: number): Curve | null {
  const count = icc.readUInt32BE(at + 8)
  if (count === 0) return (value) => value
  if (count === 1) return raise(icc.readUInt16BE(at + 12) / 256)
  if (count > tableMax) return null
  const table = Array.from({ length: count }, (_, n) => icc.readUInt16BE(at + 12 + 2 * n) / 0xffff)
  return (value) => {
    const place = value * (count - 1)
    const [below = 0, above = below] = table.slice(Math.floor(place), Math.floor(place) + 2)
    return below + (above - below) * (place % 1)
  }
}

const raise =
  (power: number): Curve =>
  (value) =>
    Math.max(0, value) ** power

/** How many numbers each kind of formula has. */
const formulaNumbers = [1, 3, 4, 5, 7]

function readFormula(icc: Buffer, at: number): Curve | null {
  const kind = icc.readUInt16BE(at + 8)
  const numbers = Array.from(
    { length: formulaNumbers[kind] ?? 0 },
    (_, n) => icc.readInt32BE(at + 12 + 4 * n) / 0x1_0000,
  )
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers
  if (kind === 0) return raise(g)
  // Kinds 1 and 2 begin to rise where a × value + b does, and the third number of the latter is added everywhere.
  if (kind === 1 || kind === 2) {
    const added = kind === 2 ? c : 0
    return (value) => (value >= -b / a ? raise(g)(a * value + b) : 0) + added
  }
  if (kind === 3 || kind === 4) return (value) => (value >= d ? raise(g)(a * value + b) + e : c * value + f)
  return null
}

/** Light as a number of sRGB (IEC 61966-2-1). */
const encodeForScreen: Curve = (light) => (light <= 0.003_130_8 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055)
