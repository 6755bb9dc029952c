import { peakMax, peaksCount } from '@shoebox/shared/media/timed-limits.ts'

/** Four hours of the shortest packets there are (2.5 ms of Opus) would be six million: beyond this they are paired up. */
const stepsMax = 1 << 17

/** Collects one peak per packet while a sound is decoded, without knowing how long it will be. Memory is bounded. */
export class PeakLine {
  samples = 0
  readonly #sampleRateHz: number
  /** Each step covers this many samples; doubled whenever the line is full. */
  #samplesPerStep = 1024
  #steps = new Float32Array(stepsMax)

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz
  }

  get durationMs(): number {
    return this.samples === 0 ? 0 : Math.max(1, Math.round((this.samples / this.#sampleRateHz) * 1000))
  }

  /** @param peak strongest sample of the packet, 1 = full scale */
  add(peak: number, samples: number): void {
    if (samples <= 0) return
    while (this.samples + samples > this.#samplesPerStep * stepsMax) this.#halve()
    const first = Math.floor(this.samples / this.#samplesPerStep)
    const last = Math.floor((this.samples + samples - 1) / this.#samplesPerStep)
    for (let step = first; step <= last; step += 1) this.#steps[step] = Math.max(this.#steps[step] ?? 0, peak)
    this.samples += samples
  }

  /** The strongest sample of each 200th of the sound, 0 to 255. */
  toPeaks(): number[] {
    const used = Math.ceil(this.samples / this.#samplesPerStep)
    return Array.from({ length: peaksCount }, (_, n) => {
      const from = Math.floor((n * used) / peaksCount)
      const to = Math.max(from + 1, Math.floor(((n + 1) * used) / peaksCount))
      const strongest = this.#steps.subarray(from, to).reduce((most, peak) => Math.max(most, peak), 0)
      return Math.round(Math.min(1, strongest) * peakMax)
    })
  }

  #halve(): void {
    const halved = new Float32Array(stepsMax)
    for (let step = 0; step < stepsMax; step += 2)
      halved[step / 2] = Math.max(this.#steps[step] ?? 0, this.#steps[step + 1] ?? 0)
    this.#steps = halved
    this.#samplesPerStep *= 2
  }
}
