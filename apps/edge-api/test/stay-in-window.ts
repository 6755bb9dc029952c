// For tests that count up to a limit: counts begin anew when a window ends, and every window ends with a minute.
import { setTimeout as wait } from 'node:timers/promises'

/** As long as the calls of such a test take on a busy machine. Milliseconds. */
const neededMs = 12_000

/** Returns at once, or in the next minute where this one is nearly over. */
export async function stayInWindow(): Promise<void> {
  const leftMs = 60_000 - (Date.now() % 60_000)
  if (leftMs < neededMs) await wait(leftMs)
}
