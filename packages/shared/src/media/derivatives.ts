// What people are shown instead of the original. Each picture fits a square box and is WebP, sRGB, upright and stripped.

export const derivatives = {
  thumb: { boxPx: 320, quality: 72 },
  tile: { boxPx: 640, quality: 76 },
  preview: { boxPx: 1600, quality: 80 },
} as const

export type DerivativeName = keyof typeof derivatives

export const derivativeNames = Object.keys(derivatives) as DerivativeName[]

export const derivativeFile = (name: DerivativeName): `${DerivativeName}.webp` => `${name}.webp`

/**
 * The largest size with the same proportions that fits the box; never larger than the source, never below 1 px.
 */
export function planFit(widthPx: number, heightPx: number, boxPx: number): { widthPx: number; heightPx: number } {
  const scale = Math.min(1, boxPx / Math.max(widthPx, heightPx))
  return {
    widthPx: Math.max(1, Math.round(widthPx * scale)),
    heightPx: Math.max(1, Math.round(heightPx * scale)),
  }
}

/** How an item is read: every file under `base` opens with the same `query` until it expires. */
export type Delivery = {
  readonly base: string
  readonly query: string
  /** When the front begins to answer 403, ISO 8601. */
  readonly expiresAt: string
}

export const derivativeUrl = (delivery: Pick<Delivery, 'base' | 'query'>, name: DerivativeName): string =>
  `${delivery.base}/${derivativeFile(name)}?${delivery.query}`

type Sized = { readonly name: DerivativeName; readonly heightPx: number }

/** A picture may be shown this much larger than it is before the next size is worth its bytes. */
const enlargeMax = 1.15

/** Nobody sees more dots than these to a pixel, and screens that have them are on the slowest lines. */
const pixelRatioMax = 3

/** The smallest derivative that is sharp at a shown height; null for items without pictures. */
export function chooseDerivative(sizes: readonly Sized[], heightPx: number, pixelRatio: number): DerivativeName | null {
  const rising = [...sizes].sort((a, b) => a.heightPx - b.heightPx)
  const needed = heightPx * Math.min(pixelRatio, pixelRatioMax)
  return (rising.find((size) => size.heightPx * enlargeMax >= needed) ?? rising.at(-1))?.name ?? null
}
