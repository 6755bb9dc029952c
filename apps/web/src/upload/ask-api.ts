// Asks the API until there is an answer: a fault is asked again after a growing wait, "too many" waits as long as told.
import { findRefusal, type Refusal } from '../api/refusal.ts'
import { attemptsMax, backOff, type BackOffDeps } from './back-off.ts'

export type Asked<T> =
  | { readonly type: 'answered'; readonly answer: T }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | { readonly type: 'failed' }
  | { readonly type: 'aborted' }

/** Only for calls that may be repeated. */
export async function askApi<T>(deps: BackOffDeps, signal: AbortSignal, call: () => Promise<T>): Promise<Asked<T>> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    if (attempt > 1) await backOff(deps, attempt, signal)
    if (signal.aborted) return { type: 'aborted' }
    try {
      return { type: 'answered', answer: await call() }
    } catch (error) {
      const refusal = findRefusal(error)
      if (refusal === null) continue
      if (refusal.code !== 'rate_limited') return { type: 'refused', refusal }
      await waitAsTold(deps, refusal, signal)
    }
  }
  return { type: 'failed' }
}

/** After "too many". */
export const waitAsTold = (
  deps: Pick<BackOffDeps, 'sleep'>,
  { retryAfterSeconds = 5 }: Refusal,
  signal: AbortSignal,
): Promise<void> => deps.sleep(retryAfterSeconds * 1000, signal)
