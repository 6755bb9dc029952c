// What holds for media with a running time, beside the size that its kind allows.

const hourMs = 60 * 60 * 1000

/** The longest running time of each kind, in milliseconds. */
export const durationMsMaxByKind = { video: 2 * hourMs, audio: 4 * hourMs } as const

/** How many values the drawn waveform of a sound has, whatever its length. */
export const peaksCount = 200

/** The value of a peak at full scale; silence is 0. */
export const peakMax = 255

/** Languages that a film brings captions in. */
export const captionTracksMax = 8
