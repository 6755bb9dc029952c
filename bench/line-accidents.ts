// When a poor line stands still and when it breaks a connection: two Poisson processes that only the seed decides, so
// that everybody who sends over it, and whoever reckons what it can carry, meets the same.

/** Mean time between accidents of each kind, and how long the line stands still. */
export type AccidentRates = { readonly stallEveryMs: number; readonly stallMs: number; readonly resetEveryMs: number }

/** Counted from the first byte on the line. */
type Accident = { readonly atMs: number; readonly kind: 'stall' | 'reset' }

/** mulberry32: small, and the same on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Without an end, in the order of time. */
function* planAccidents(rates: AccidentRates, seed: number): Generator<Accident, never> {
  const stalls = planMoments(rates.stallEveryMs, createRandom(seed * 2 + 1))
  const resets = planMoments(rates.resetEveryMs, createRandom(seed * 2 + 2))
  let stallAtMs = stalls.next().value
  let resetAtMs = resets.next().value
  for (;;) {
    if (stallAtMs < resetAtMs) {
      yield { atMs: stallAtMs, kind: 'stall' }
      stallAtMs = stalls.next().value
    } else {
      yield { atMs: resetAtMs, kind: 'reset' }
      resetAtMs = resets.next().value
    }
  }
}

function* planMoments(meanMs: number, random: () => number): Generator<number, never> {
  for (let atMs = 0; ;) {
    atMs -= Math.log(1 - random()) * meanMs
    yield atMs
  }
}

type Happen = { readonly stall: (stallMs: number) => void; readonly reset: () => void }

/** From now on. Returns what ends them. */
export function startAccidents(rates: AccidentRates, seed: number, happen: Happen): () => void {
  const startedAtMs = performance.now()
  const plan = planAccidents(rates, seed)
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    const { atMs, kind } = plan.next().value
    const act = () => {
      if (kind === 'stall') happen.stall(rates.stallMs)
      else happen.reset()
      wait()
    }
    timer = setTimeout(act, Math.max(0, atMs - (performance.now() - startedAtMs)))
  }
  wait()
  return () => clearTimeout(timer)
}

export type RoughLine = { readonly bytesPerSecond: number; readonly accidents: AccidentRates; readonly seed: number }

/**
 * How long the line takes to carry a file, in milliseconds, sent without a pause in parts of this length, one after
 * another, where a break loses what had gone of one part: nobody who sends such parts can do better, unless a break hits
 * a part that has just begun. Null: a break loses nothing, which is what the line itself could do.
 */
export function carryMs(line: RoughLine, bytes: number, partBytes: number | null): number {
  const bytesPerMs = line.bytesPerSecond / 1000
  let restBytes = bytes
  let goneOfPart = 0
  /** The line carries nothing before. */
  let freeAtMs = 0
  for (const { atMs, kind } of planAccidents(line.accidents, line.seed)) {
    const carried = Math.max(0, atMs - freeAtMs) * bytesPerMs
    if (carried >= restBytes) break
    restBytes -= carried
    freeAtMs = Math.max(freeAtMs, atMs)
    goneOfPart = partBytes === null ? 0 : (goneOfPart + carried) % partBytes
    if (kind === 'stall') freeAtMs += line.accidents.stallMs
    else {
      restBytes += goneOfPart
      goneOfPart = 0
    }
  }
  return freeAtMs + restBytes / bytesPerMs
}
