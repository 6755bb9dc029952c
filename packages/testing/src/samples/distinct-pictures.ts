// Pictures by the thousand that resemble one another as people's photos do (a sky above a horizon, a face in the middle,
// lines of text) and are all different, for whatever must tell pictures apart. Made in code from a number: the same
// number paints the same picture everywhere.
import sharp, { type Sharp } from 'sharp'

type Random = () => number
type Canvas = { readonly widthPx: number; readonly heightPx: number; readonly data: Float32Array }
type Color = readonly [number, number, number]
/** What a place of the canvas becomes, or null where it stays. */
type Paint = (x: number, y: number, before: Color) => Color | null

/** Mulberry32: small, and good enough to paint with. */
function startRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const between = (random: Random, from: number, to: number): number => from + random() * (to - from)
const mix = (one: number, other: number, share: number): number => one + (other - one) * share
const blend = (one: Color, other: Color, share: number): Color => [
  mix(one[0], other[0], share),
  mix(one[1], other[1], share),
  mix(one[2], other[2], share),
]
const light = (color: Color, by: number): Color => [color[0] * by, color[1] * by, color[2] * by]
const anyColor = (random: Random, from = 20, to = 235): Color => [
  between(random, from, to),
  between(random, from, to),
  between(random, from, to),
]

/** Smooth noise of several octaves, -1 to 1: what clouds, leaves and walls have in common. */
function makeNoise(random: Random, cells: number, octaves: number): (x: number, y: number) => number {
  const grids = Array.from({ length: octaves }, (_, octave) => {
    const side = cells * 2 ** octave + 2
    return { side, values: Float32Array.from({ length: side * side }, () => random() * 2 - 1) }
  })
  const smooth = (share: number): number => share * share * (3 - 2 * share)
  return (x, y) => {
    let sum = 0
    for (const [octave, { side, values }] of grids.entries()) {
      const scale = cells * 2 ** octave
      const left = Math.min(side - 2, Math.max(0, Math.floor(x * scale)))
      const top = Math.min(side - 2, Math.max(0, Math.floor(y * scale)))
      const [across, down] = [smooth(x * scale - left), smooth(y * scale - top)]
      const at = top * side + left
      const above = mix(values[at] ?? 0, values[at + 1] ?? 0, across)
      const below = mix(values[at + side] ?? 0, values[at + side + 1] ?? 0, across)
      sum += mix(above, below, down) / 2 ** (octave + 1)
    }
    return sum
  }
}

/** Paints each place, given in shares of width and height. */
function paint({ widthPx, heightPx, data }: Canvas, brush: Paint): void {
  for (let row = 0, at = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1, at += 3) {
      const before: Color = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
      const after = brush(column / widthPx, row / heightPx, before)
      if (after !== null) data.set(after, at)
    }
  }
}

function paintLandscape(canvas: Canvas, random: Random): void {
  const horizon = between(random, 0.25, 0.75)
  const [high, low] = [anyColor(random, 60, 240), anyColor(random, 120, 255)]
  const clouds = makeNoise(random, 3, 4)
  const cover = between(random, 0, 140)
  paint(canvas, (x, y) => {
    const sky = blend(high, low, Math.min(1, y / horizon))
    const cloud = Math.max(0, clouds(x, y)) * cover
    return [sky[0] + cloud, sky[1] + cloud, sky[2] + cloud]
  })
  const ridges = 2 + Math.floor(random() * 3)
  for (let ridge = 0; ridge < ridges; ridge += 1) {
    const line = makeNoise(random, 2 + Math.floor(random() * 4), 4)
    const grain = makeNoise(random, 8, 4)
    const [base, rough] = [mix(horizon, 1, ridge / ridges), between(random, 0.1, 0.4)]
    const color = anyColor(random, 10, 170)
    paint(canvas, (x, y) => (y > base + line(x, 0.5) * rough ? light(color, 1 + grain(x, y) * 0.6) : null))
  }
}

function paintEllipse(canvas: Canvas, random: Random, box: readonly [number, number, number, number]): void {
  const [centreX, centreY, radiusX, radiusY] = box
  const color = anyColor(random)
  const [lightX, lightY] = [between(random, -0.6, 0.6), between(random, -0.6, 0.6)]
  const grain = makeNoise(random, 6, 3)
  paint(canvas, (x, y) => {
    const [dx, dy] = [(x - centreX) / radiusX, (y - centreY) / radiusY]
    return dx * dx + dy * dy > 1 ? null : light(color, 1 + (dx * lightX + dy * lightY) * 0.7 + grain(x, y) * 0.3)
  })
}

function paintWall(canvas: Canvas, random: Random, contrast: number): void {
  const noise = makeNoise(random, 2 + Math.floor(random() * 4), 5)
  const [one, other] = [anyColor(random, 20, 110), anyColor(random, 140, 235)]
  const [slantX, slantY] = [between(random, -1, 1), between(random, -1, 1)]
  paint(canvas, (x, y) =>
    blend(one, other, 0.5 + (x - 0.5) * slantX * 0.6 + (y - 0.5) * slantY * 0.6 + noise(x, y) * contrast),
  )
}

function paintThings(canvas: Canvas, random: Random): void {
  paintWall(canvas, random, 0.5)
  const things = 3 + Math.floor(random() * 9)
  for (let thing = 0; thing < things; thing += 1)
    paintEllipse(canvas, random, [random(), random(), between(random, 0.05, 0.3), between(random, 0.05, 0.3)])
}

function paintPortrait(canvas: Canvas, random: Random): void {
  paintWall(canvas, random, 0.6)
  const [x, y] = [between(random, 0.35, 0.65), between(random, 0.3, 0.5)]
  const size = between(random, 0.12, 0.24)
  paintEllipse(canvas, random, [x, y + size * 3, size * 2.2, size * 2])
  paintEllipse(canvas, random, [x, y - size * 0.3, size * 1.1, size * 1.5])
  paintEllipse(canvas, random, [x, y, size * 0.9, size * 1.3])
  for (const side of [-1, 1])
    paintEllipse(canvas, random, [x + side * size * 0.35, y - size * 0.2, size * 0.14, size * 0.1])
  paintEllipse(canvas, random, [x, y + size * 0.6, size * 0.35, size * 0.12])
}

function paintBox(
  canvas: Canvas,
  color: Color,
  [left, top, right, bottom]: readonly [number, number, number, number],
): void {
  paint(canvas, (x, y) => (x >= left && x < right && y >= top && y < bottom ? color : null))
}

function paintCity(canvas: Canvas, random: Random): void {
  paintWall(canvas, random, 0.2)
  let left = 0
  while (left < 1) {
    const right = left + between(random, 0.08, 0.25)
    const top = between(random, 0.1, 0.7)
    const [wall, pane] = [anyColor(random, 30, 200), anyColor(random, 30, 255)]
    const [across, down] = [between(random, 8, 30), between(random, 8, 30)]
    const edge = left
    paint(canvas, (x, y) => {
      if (x < edge || x >= right || y < top) return null
      const isPane = ((x - edge) * across) % 1 > 0.45 && ((y - top) * down) % 1 > 0.4
      return isPane ? pane : wall
    })
    left = right
  }
}

function paintPage(canvas: Canvas, random: Random): void {
  const paper = light([1, 1, 1], between(random, 225, 255))
  const ink = anyColor(random, 0, 90)
  paint(canvas, () => paper)
  for (let top = between(random, 0.04, 0.12); top < 0.95;) {
    if (random() < 0.2) {
      const height = between(random, 0.1, 0.3)
      const left = between(random, 0.05, 0.4)
      paintBox(canvas, anyColor(random), [left, top, left + between(random, 0.2, 0.55), top + height])
      top += height + 0.04
      continue
    }
    const size = random() < 0.15 ? 0.05 : 0.022
    for (let at = 0.06; at < between(random, 0.4, 0.94); at += between(random, 0.03, 0.12) + 0.015)
      paintBox(canvas, ink, [at, top, at + between(random, 0.02, 0.09), top + size])
    top += size * 2
  }
}

const scenes = [
  paintLandscape,
  paintThings,
  paintPortrait,
  paintCity,
  paintPage,
  (canvas: Canvas, random: Random) => paintWall(canvas, random, 1.2),
]

/** The picture of this number, as a pipeline to be encoded in whatever way a test needs. Numbers take turns in scenes. */
export function paintDistinct(seed: number, longSidePx = 480): Sharp {
  const random = startRandom(seed)
  const share = [3 / 4, 2 / 3, 1, 9 / 16][Math.floor(random() * 4)] ?? 1
  const isTall = random() < 0.4
  const shortSidePx = Math.round(longSidePx * share)
  const [widthPx, heightPx] = isTall ? [shortSidePx, longSidePx] : [longSidePx, shortSidePx]
  const canvas = { widthPx, heightPx, data: new Float32Array(widthPx * heightPx * 3) }
  scenes[seed % scenes.length]?.(canvas, random)
  const pixels = Uint8ClampedArray.from(canvas.data, (value) => value + (random() - 0.5) * 10)
  return sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } })
}
