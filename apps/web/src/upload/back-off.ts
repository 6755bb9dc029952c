// Waiting between attempts: longer each time, never the same for two browsers, never while there is no network.

export type BackOffDeps = {
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Resolves at once while the browser believes it has a network. */
  readonly waitForNetwork: (signal: AbortSignal) => Promise<void>
  /** From 0 up to 1. */
  readonly random: () => number
  /** A wait that people should know of begins (1) or ends (-1). */
  readonly onWaiting?: (change: 1 | -1) => void
}

const firstMs = 500
const mostMs = 20_000
/** The attempt from which on a person is told: one lost request is nobody's business. */
const tellFrom = 4

/** After this many attempts, about five minutes, a person is told. Time without a network does not count. */
export const attemptsMax = 20

/** The wait before attempt `attempt` (the second is 2), in milliseconds: half of it fixed, half by chance. */
export const planWait = (attempt: number, random: number): number => {
  const full = Math.min(mostMs, firstMs * 2 ** Math.max(0, attempt - 2))
  return Math.round(full / 2 + (full / 2) * random)
}

/** Waits before the next attempt. Ends early, without throwing, when the signal is aborted. */
export async function backOff(deps: BackOffDeps, attempt: number, signal: AbortSignal): Promise<void> {
  const isTold = attempt >= tellFrom
  if (isTold) deps.onWaiting?.(1)
  await deps.waitForNetwork(signal)
  if (!signal.aborted) await deps.sleep(planWait(attempt, deps.random()), signal)
  if (isTold) deps.onWaiting?.(-1)
}
