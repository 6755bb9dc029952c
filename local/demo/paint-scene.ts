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
  readonly hasWater: boolean
}

/** Positions and radius are shares of the picture's width and height. */
export const demoScenes: readonly Scene[] = [
  {
    name: 'Morning over the hills',
    widthPx: 2400,
    heightPx: 1600,
    sky: ['#2b5876', '#c98b79', '#ffd9a0'],
    hills: ['#8d7b8f', '#5f5a75', '#343a52'],
    sun: { x: 0.68, y: 0.55, radius: 0.07, color: '#fff1c9' },
    hasWater: false,
  },
  {
    name: 'Blue hour',
    widthPx: 1600,
    heightPx: 2400,
    sky: ['#0b1736', '#22427c', '#7f9fd1'],
    hills: ['#35548c', '#213a68', '#101f3d'],
    sun: { x: 0.3, y: 0.22, radius: 0.05, color: '#eef4ff' },
    hasWater: true,
  },
  {
    name: 'Desert noon',
    widthPx: 3000,
    heightPx: 1300,
    sky: ['#5aa9e6', '#a7d8f0', '#fdf0d5'],
    hills: ['#e9b872', '#d68c45', '#a85f2b'],
    sun: { x: 0.22, y: 0.2, radius: 0.05, color: '#fffbe8' },
    hasWater: false,
  },
  {
    name: 'Last light',
    widthPx: 2000,
    heightPx: 2000,
    sky: ['#3a1c4f', '#b13a5f', '#f9a03f'],
    hills: ['#7c2b55', '#4d1d45', '#251032'],
    sun: { x: 0.5, y: 0.6, radius: 0.1, color: '#ffe3b0' },
    hasWater: true,
  },
  {
    name: 'Spring meadow',
    widthPx: 2400,
    heightPx: 1500,
    sky: ['#7cc6fe', '#ccf1ff', '#f4fbe8'],
    hills: ['#9cc69b', '#5fa777', '#2f7d5b'],
    sun: { x: 0.82, y: 0.24, radius: 0.06, color: '#fffdf0' },
    hasWater: false,
  },
  {
    name: 'Fog',
    widthPx: 1500,
    heightPx: 2000,
    sky: ['#9aa7b1', '#c5ced3', '#e8ebea'],
    hills: ['#aab5b8', '#7f8f93', '#56666c'],
    sun: { x: 0.55, y: 0.35, radius: 0.06, color: '#f8f6ee' },
    hasWater: false,
  },
  {
    name: 'Northern night',
    widthPx: 2600,
    heightPx: 1500,
    sky: ['#03121f', '#0b3b47', '#2fa57d'],
    hills: ['#0c2f38', '#082029', '#041118'],
    sun: { x: 0.8, y: 0.18, radius: 0.03, color: '#f2fbff' },
    hasWater: true,
  },
  {
    name: 'Autumn valley',
    widthPx: 2200,
    heightPx: 1650,
    sky: ['#6d8ea0', '#d9c3a5', '#f6dfb7'],
    hills: ['#c98442', '#9a4f2c', '#5c2e1f'],
    sun: { x: 0.4, y: 0.42, radius: 0.08, color: '#fff4d8' },
    hasWater: false,
  },
]

export function paintScene(picture: Scene): Promise<Buffer> {
  return sharp(Buffer.from(drawScene(picture)))
    .jpeg({ quality: 86 })
    .toBuffer()
}

function drawScene({ widthPx: w, heightPx: h, sky, hills, sun, hasWater }: Scene): string {
  const horizon = 0.62
  const ridges = hills.map((color, index) => {
    const base = horizon + index * (0.38 / hills.length)
    return `<path d="${ridge([w, h], base, 0.05 + 0.02 * index, index + w)}" fill="${color}"/>`
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
function ridge([w, h]: readonly [number, number], base: number, height: number, seed: number): string {
  const points: string[] = []
  for (let step = 0; step <= 60; step += 1) {
    const x = step / 60
    const wave = Math.sin(x * 5 + seed) + 0.5 * Math.sin(x * 11 + seed * 1.7) + 0.25 * Math.sin(x * 23 + seed * 2.3)
    points.push(`${(x * w).toFixed(1)} ${((base - wave * height) * h).toFixed(1)}`)
  }
  return `M0 ${h} L${points.join(' L')} L${w} ${h} Z`
}
