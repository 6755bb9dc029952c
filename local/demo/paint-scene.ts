// Paints the demo's pictures: calm landscapes from a few numbers, so that the repository carries no photographs.
import sharp from 'sharp'

export type Scene = {
  readonly name: string
  readonly widthPx: number
  readonly heightPx: number
  /** From the top of the sky to the horizon. */
  readonly sky: readonly [string, string, string]
  /** From the farthest hills to the nearest. */
  readonly hills: readonly string[]
  readonly sun: { readonly x: number; readonly y: number; readonly radius: number; readonly color: string }
  readonly hasWater?: boolean
}

/** Shares of the picture's width and height. */
export const demoScenes: readonly Scene[] = [
  scene(
    'Morning over the hills',
    2400,
    1600,
    ['#2b5876', '#c98b79', '#ffd9a0'],
    ['#8d7b8f', '#5f5a75', '#343a52'],
    [0.68, 0.55, 0.07, '#fff1c9'],
  ),
  scene(
    'Blue hour',
    1600,
    2400,
    ['#0b1736', '#22427c', '#7f9fd1'],
    ['#35548c', '#213a68', '#101f3d'],
    [0.3, 0.22, 0.05, '#eef4ff'],
    true,
  ),
  scene(
    'Desert noon',
    3000,
    1300,
    ['#5aa9e6', '#a7d8f0', '#fdf0d5'],
    ['#e9b872', '#d68c45', '#a85f2b'],
    [0.22, 0.2, 0.05, '#fffbe8'],
  ),
  scene(
    'Last light',
    2000,
    2000,
    ['#3a1c4f', '#b13a5f', '#f9a03f'],
    ['#7c2b55', '#4d1d45', '#251032'],
    [0.5, 0.6, 0.1, '#ffe3b0'],
    true,
  ),
  scene(
    'Spring meadow',
    2400,
    1500,
    ['#7cc6fe', '#ccf1ff', '#f4fbe8'],
    ['#9cc69b', '#5fa777', '#2f7d5b'],
    [0.82, 0.24, 0.06, '#fffdf0'],
  ),
  scene(
    'Fog',
    1500,
    2000,
    ['#9aa7b1', '#c5ced3', '#e8ebea'],
    ['#aab5b8', '#7f8f93', '#56666c'],
    [0.55, 0.35, 0.06, '#f8f6ee'],
  ),
  scene(
    'Northern night',
    2600,
    1500,
    ['#03121f', '#0b3b47', '#2fa57d'],
    ['#0c2f38', '#082029', '#041118'],
    [0.8, 0.18, 0.03, '#f2fbff'],
    true,
  ),
  scene(
    'Autumn valley',
    2200,
    1650,
    ['#6d8ea0', '#d9c3a5', '#f6dfb7'],
    ['#c98442', '#9a4f2c', '#5c2e1f'],
    [0.4, 0.42, 0.08, '#fff4d8'],
  ),
]

export function paintScene(picture: Scene): Promise<Buffer> {
  return sharp(Buffer.from(drawScene(picture)))
    .jpeg({ quality: 86 })
    .toBuffer()
}

function scene(
  name: string,
  widthPx: number,
  heightPx: number,
  sky: Scene['sky'],
  hills: readonly string[],
  [x, y, radius, color]: readonly [number, number, number, string],
  hasWater = false,
): Scene {
  return { name, widthPx, heightPx, sky, hills, sun: { x, y, radius, color }, hasWater }
}

function drawScene({ widthPx: w, heightPx: h, sky, hills, sun, hasWater }: Scene): string {
  const horizon = 0.62
  const ridges = hills.map((color, index) => {
    const base = horizon + index * (0.38 / hills.length)
    return `<path d="${ridge(w, h, base, 0.05 + 0.02 * index, index + w)}" fill="${color}"/>`
  })
  const water = `<rect y="${h * 0.84}" width="${w}" height="${h * 0.16}" fill="${sky[1]}" opacity=".75"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">
    <defs>
      <linearGradient id="sky" x2="0" y2="1">
        <stop stop-color="${sky[0]}"/><stop offset=".55" stop-color="${sky[1]}"/><stop offset="1" stop-color="${sky[2]}"/>
      </linearGradient>
      <radialGradient id="glow"><stop stop-color="${sun.color}" stop-opacity=".8"/><stop offset="1" stop-color="${sun.color}" stop-opacity="0"/></radialGradient>
    </defs>
    <rect width="${w}" height="${h * 0.75}" fill="url(#sky)"/>
    <circle cx="${w * sun.x}" cy="${h * sun.y}" r="${w * sun.radius * 4}" fill="url(#glow)"/>
    <circle cx="${w * sun.x}" cy="${h * sun.y}" r="${w * sun.radius}" fill="${sun.color}"/>
    ${ridges.join('')}${hasWater ? water : ''}
  </svg>`
}

/** A hill line of three waves whose phases come from the seed, closed along the bottom. */
function ridge(w: number, h: number, base: number, height: number, seed: number): string {
  const points: string[] = []
  for (let step = 0; step <= 60; step += 1) {
    const x = step / 60
    const wave = Math.sin(x * 5 + seed) + 0.5 * Math.sin(x * 11 + seed * 1.7) + 0.25 * Math.sin(x * 23 + seed * 2.3)
    points.push(`${(x * w).toFixed(1)} ${((base - wave * height) * h).toFixed(1)}`)
  }
  return `M0 ${h} L${points.join(' L')} L${w} ${h} Z`
}
