// Waiting in tests: as short as the truth allows, never longer than the deadline, and with the last answer in the error.
import { setTimeout as wait } from 'node:timers/promises'

export type PollOptions = {
  /** When to give up. */
  readonly timeoutMs?: number
  readonly everyMs?: number
  /** What is waited for, for the error. */
  readonly what?: string
}

/**
 * Asks until the answer is neither null, undefined nor false, and returns it. An answer that throws counts as "not
 * yet"; what it threw last is the cause of the final error.
 */
export async function pollUntil<T>(
  ask: () => Promise<T> | T,
  { timeoutMs = 20_000, everyMs = 25, what = 'the expected answer' }: PollOptions = {},
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = performance.now() + timeoutMs
  let last: { answer?: unknown; error?: unknown } = {}
  for (;;) {
    try {
      const answer = await ask()
      if (isThere(answer)) return answer
      last = { answer }
    } catch (error) {
      last = { error }
    }
    if (performance.now() >= deadline) {
      const seen = 'error' in last ? 'it kept throwing' : `last seen: ${JSON.stringify(last.answer)}`
      throw new Error(`gave up after ${timeoutMs} ms waiting for ${what}; ${seen}`, { cause: last.error })
    }
    await wait(everyMs)
  }
}

const isThere = <T>(answer: T): answer is Exclude<T, null | undefined | false> =>
  answer !== null && answer !== undefined && answer !== false
