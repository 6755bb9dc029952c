// How much a picture may unfold to. Checked from the header, before a pixel is decoded.

const megapixel = 1_000_000

/** The most pixels of one frame. AVIF and HEIC decoders need 14 to 24 bytes a pixel, hence their lower limit. */
export const pixelsMax = { default: 120 * megapixel, avif: 50 * megapixel, heic: 50 * megapixel } as const

/** An animation beyond either limit is shown as its first frame, with a notice. */
export const animationLimits = { framesMax: 500, pixelsMaxTotal: 200 * megapixel } as const
