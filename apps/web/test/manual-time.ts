// Time that passes when a test says so, for what waits by `sleep`.

export type ManualTime = ReturnType<typeof createManualTime>

export function createManualTime() {
  const waiting = new Set<{ readonly atMs: number; readonly wake: () => void }>()
  let nowMs = 0

  return {
    nowMs: () => nowMs,
    sleep: (milliseconds: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        const wake = () => {
          waiting.delete(sleeper)
          resolve()
        }
        const sleeper = { atMs: nowMs + milliseconds, wake }
        waiting.add(sleeper)
        signal.addEventListener('abort', wake)
      }),
    sleeping: () => waiting.size,
    /** Resolves when whoever was woken has done what follows at once. */
    async pass(milliseconds: number): Promise<void> {
      nowMs += milliseconds
      for (const { atMs, wake } of waiting) if (atMs <= nowMs) wake()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
