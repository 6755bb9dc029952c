// For tests that count up to a limit: counts begin anew when a window ends. The windows of rate limits end with a minute,
// those of quotas with a day.
import { setTimeout as wait } from 'node:timers/promises'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** Returns at once, or after the window that is nearly over. What is needed: as long as it takes on a busy machine. */
async function stayIn(windowMs: number, neededMs: number): Promise<void> {
  const leftMs = windowMs - (Date.now() % windowMs)
  if (leftMs < neededMs) await wait(leftMs)
}

/** For the calls of a test. */
export const stayInWindow = (): Promise<void> => stayIn(minuteMs, 12_000)

/** For a whole journey: it ends before midnight UTC, or begins after. */
export const stayInDay = (): Promise<void> => stayIn(dayMs, 30_000)
