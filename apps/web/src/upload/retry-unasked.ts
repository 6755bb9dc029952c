// What a network broke, or a day had no room for, and nobody has said "again" to is tried again by itself.
import { quotaDayOf } from '@shoebox/shared/upload/quota-plans.ts'
import type { UploadQueue } from './upload-queue.ts'

/** A browser may not notice that its network is back, and nobody may be there to look. Milliseconds. */
const againEveryMs = 5 * 60_000

export type RetryUnaskedDeps = {
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Says `online`. */
  readonly network: EventTarget
  readonly page: EventTarget & { readonly hidden: boolean }
  /** What time it is where days are counted. */
  readonly nowMs: () => number
}

/** Tries when there is a network again, when somebody looks at the page again, and every five minutes. */
export async function retryUnasked(
  { sleep, network, page, nowMs }: RetryUnaskedDeps,
  queue: Pick<UploadQueue, 'retryBroken' | 'retryOverDay'>,
): Promise<never> {
  let day = quotaDayOf(nowMs())
  const retry = () => {
    queue.retryBroken()
    const today = quotaDayOf(nowMs())
    if (today !== day) queue.retryOverDay()
    day = today
  }
  network.addEventListener('online', retry)
  page.addEventListener('visibilitychange', () => {
    if (!page.hidden) retry()
  })
  const never = new AbortController().signal
  for (;;) {
    await sleep(againEveryMs, never)
    retry()
  }
}
