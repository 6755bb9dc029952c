// Brings light that is not what a plain screen shows (PQ and HLG, BT.2020 and Display P3) into sRGB. Pure; works on pixels
// that were already shrunk, so that a film in 8K costs no more than a small one.

/** `bt1886` is the screen that films are made for; they are shown as `sdr` all the same, as browsers do. */
export type Transfer = 'sdr' | 'bt1886' | 'linear' | 'pq' | 'hlg'
export type WideGamut = 'bt2020' | 'display-p3'

/** Diffuse white of HDR video in nits (ITU-R BT.2408); it becomes sRGB white. */
const whiteNits = 203

/** Up to here light is shown as it is; beyond, highlights share what is left. */
const knee = 0.6

/** Linear light from one gamut to BT.709, rows R, G, B (derived from the primaries, D65 white). */
const matrices: Readonly<Record<WideGamut, readonly number[]>> = {
  bt2020: [1.660491, -0.587641, -0.07285, -0.12455, 1.1329, -0.008349, -0.018151, -0.100579, 1.11873],
  'display-p3': [1.22494, -0.22494, 0, -0.042057, 1.042057, 0, -0.019638, -0.078636, 1.098274],
}

/** SMPTE ST 2084 to light, 1 = diffuse white. */
function linearOfPq(signal: number): number {
  const power = signal ** (1 / 78.84375)
  return (
    ((Math.max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (1 / 0.1593017578125) * 10_000) / whiteNits
  )
}

/** ARIB STD-B67 to scene light, 1 = full signal (ITU-R BT.2100). */
function sceneOfHlg(signal: number): number {
  return signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12
}

/** What a 1000-nit HLG display makes of full scene light, in diffuse whites. */
const hlgPeakWhites = 1000 / whiteNits
const hlgSystemGamma = 1.2

const linearOfSrgb = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)

const srgbOfLinear = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055

const decodeByTransfer: Readonly<Record<Transfer, (signal: number) => number>> = {
  pq: linearOfPq,
  hlg: sceneOfHlg,
  sdr: linearOfSrgb,
  bt1886: (value) => value ** 2.4,
  linear: (value) => value,
}

const outputSteps = 4096
const srgbTable = Uint8Array.from({ length: outputSteps }, (_, n) =>
  Math.round(255 * srgbOfLinear(n / (outputSteps - 1))),
)

const decodeTables = new Map<Transfer, Float32Array>()
function tableFor(transfer: Transfer): Float32Array {
  const known = decodeTables.get(transfer)
  if (known !== undefined) return known
  const table = Float32Array.from({ length: 65_536 }, (_, n) => decodeByTransfer[transfer](n / 65_535))
  decodeTables.set(transfer, table)
  return table
}

/** An exponential shoulder on the strongest channel: keeps hue and everyday tones, never reaches beyond 1. */
const compress = (light: number): number =>
  light <= knee ? light : knee + (1 - knee) * (1 - Math.exp((knee - light) / (1 - knee)))

/**
 * @param numbers 16 bits a channel, full range, as the transfer curve left them; a fourth channel is transparency
 * @returns 8 bits a channel, sRGB
 */
export function mapTones(
  numbers: Uint16Array,
  transfer: Transfer,
  gamut: WideGamut | null,
  channels: 3 | 4 = 3,
): Uint8Array {
  const table = tableFor(transfer)
  const m = matrices[gamut ?? 'bt2020']
  const [m0 = 1, m1 = 0, m2 = 0, m3 = 0, m4 = 1, m5 = 0, m6 = 0, m7 = 0, m8 = 1] = gamut === null ? [] : m
  const out = new Uint8Array(numbers.length)
  for (let at = 0; at + 2 < numbers.length; at += channels) {
    let r = table[numbers[at] ?? 0] ?? 0
    let g = table[numbers[at + 1] ?? 0] ?? 0
    let b = table[numbers[at + 2] ?? 0] ?? 0
    if (transfer === 'hlg') {
      // The display's own curve acts on luminance, so that colours keep their proportions.
      const luminance = 0.2627 * r + 0.678 * g + 0.0593 * b
      const gain = luminance <= 0 ? 0 : luminance ** (hlgSystemGamma - 1) * hlgPeakWhites
      r *= gain
      g *= gain
      b *= gain
    }
    const red = m0 * r + m1 * g + m2 * b
    const green = m3 * r + m4 * g + m5 * b
    const blue = m6 * r + m7 * g + m8 * b
    const strongest = Math.max(red, green, blue, 1e-6)
    const scale = transfer !== 'pq' && transfer !== 'hlg' ? 1 : compress(strongest) / strongest
    out[at] = encode(red * scale)
    out[at + 1] = encode(green * scale)
    out[at + 2] = encode(blue * scale)
    if (channels === 4) out[at + 3] = Math.round((numbers[at + 3] ?? 0) / 257)
  }
  return out
}

function encode(light: number): number {
  const step = Math.round(light * (outputSteps - 1))
  return srgbTable[step < 0 ? 0 : step >= outputSteps ? outputSteps - 1 : step] ?? 0
}
