// What a network broke and nobody has said "again" to is tried again by itself.

/** A browser may not notice that its network is back, and nobody may be there to look. Milliseconds. */
const againEveryMs = 5 * 60_000

export type RetryUnaskedDeps = {
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Says `online`. */
  readonly network: EventTarget
  readonly page: EventTarget & { readonly hidden: boolean }
}

/** Calls `retry` when there is a network again, when somebody looks at the page again, and every five minutes. */
export async function retryUnasked({ sleep, network, page }: RetryUnaskedDeps, retry: () => void): Promise<never> {
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
