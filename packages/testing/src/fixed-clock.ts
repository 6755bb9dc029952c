// A clock that stands still until told to move. Use cases take `() => Date` or `() => number`; this gives both.
export type FixedClock = {
  readonly now: () => Date
  readonly nowMs: () => number
  readonly advance: (byMs: number) => void
  readonly set: (to: Date) => void
}

/** Noon on a Monday far from any change of clocks. */
const defaultStart = new Date('2026-06-15T12:00:00.000Z')

export function fixedClock(start: Date = defaultStart): FixedClock {
  let ms = start.getTime()
  return {
    now: () => new Date(ms),
    nowMs: () => ms,
    advance: (byMs) => {
      ms += byMs
    },
    set: (to) => {
      ms = to.getTime()
    },
  }
}
