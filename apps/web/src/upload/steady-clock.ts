// How much time goes by, whatever the device's clock is put to.

/**
 * Milliseconds from some moment on. Never goes back, and counts what the device sleeps through, which
 * `performance.now()` alone need not: a clock that is put forward looks like a sleep, and costs no more than one.
 */
export function createSteadyClock(wall = Date.now, uptime = () => performance.now()): () => number {
  let passedMs = 0
  let last = { wall: wall(), up: uptime() }
  return () => {
    const now = { wall: wall(), up: uptime() }
    passedMs += Math.max(0, now.up - last.up, now.wall - last.wall)
    last = now
    return passedMs
  }
}
