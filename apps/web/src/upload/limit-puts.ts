// One bound for all PUTs of this page, whichever files they belong to. Browsers open six connections to a host, and a
// request that waits for one would look like a connection that stands still. On a slow line even four are too many: a
// network that breaks, or a phone that is locked, loses what all of them had sent. There the next one begins when the one
// before it is nearly through, so that the line is never idle and little is ever half sent. A turn may come later than a
// request lives, so it is asked for then.
import type { PutFile, PutInTurn } from './put-request.ts'

/** So much may be under way beyond the first request: what the line carries in this time. Milliseconds. */
const worthMs = 5000
/** A second one may begin when so much is left of the first. Milliseconds. */
const overlapMs = 1000
/** Until something has been measured: two small parts, or a handful of photos. Bytes. */
const unmeasuredBytes = 16 * 2 ** 20
/** A measurement takes at least so long, unless the line is a fast one, and counts as much as all before it. Milliseconds. */
const measuredMs = 2000

/** The same `put`, at most `most` at a time and less on a slow line; the others wait in the order they came. */
export function limitPuts(put: PutFile, most: number, nowMs: () => number): PutInTurn {
  const waiting: { readonly bytes: number; readonly begin: () => void }[] = []
  const line = createLine(nowMs)
  let count = 0
  let bytes = 0
  let leftBytes = 0

  const fits = (next: number) =>
    count === 0 ||
    (count < most && bytes + next <= line.worthBytes(worthMs)) ||
    (count === 1 && leftBytes <= line.worthBytes(overlapMs))
  const admit = () => {
    while (waiting[0] !== undefined && fits(waiting[0].bytes)) waiting.shift()?.begin()
  }
  return async (findRequest, file, watch) => {
    await new Promise<void>((resolve) => {
      const begin = () => {
        if (count === 0) line.start()
        count += 1
        bytes += file.size
        leftBytes += file.size
        resolve()
      }
      waiting.push({ bytes: file.size, begin })
      admit()
    })
    let sent = 0
    const onProgress = (loaded: number) => {
      // A browser that begins a request again by itself goes back.
      leftBytes -= loaded - sent
      sent = loaded
      watch.onProgress(loaded)
      admit()
    }
    try {
      if (watch.signal.aborted) return 0
      const request = await findRequest()
      if (request === null) return null
      const status = await put(request, file, { ...watch, onProgress })
      if (status >= 200 && status < 300) line.arrive(file.size)
      return status
    } finally {
      count -= 1
      bytes -= file.size
      leftBytes -= file.size - sent
      admit()
    }
  }
}

/**
 * How fast the line has been while there was something on it. Counted is what has arrived: a browser also calls sent
 * what waits, by the megabyte, in its own computer.
 */
function createLine(nowMs: () => number) {
  let bytesPerMs: number | null = null
  let arrived = 0
  let sinceMs = 0
  return {
    start(): void {
      arrived = 0
      sinceMs = nowMs()
    },
    arrive(bytes: number): void {
      arrived += bytes
      const tookMs = nowMs() - sinceMs
      if (tookMs < measuredMs && arrived < unmeasuredBytes) return
      const measured = arrived / Math.max(1, tookMs)
      bytesPerMs = bytesPerMs === null ? measured : (bytesPerMs + measured) / 2
      arrived = 0
      sinceMs = nowMs()
    },
    worthBytes: (ms: number): number => (bytesPerMs === null ? unmeasuredBytes : bytesPerMs * ms),
  }
}
