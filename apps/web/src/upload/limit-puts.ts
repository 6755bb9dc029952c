// One bound for all PUTs of this page, whichever files they belong to. Browsers open six connections to a host, and a
// request that waits for one would look like a connection that stands still. On a slow line even four are too many: a
// network that breaks, or a phone that is locked, loses what all of them had sent. There the next one begins when the one
// before it is nearly through, so that the line is never idle and little is ever half sent. A turn may come later than a
// request lives, so it is signed then; while that takes long, those that hold a request go on.
import type { PutFile, PutInTurn, PutRequest } from './put-request.ts'

/** So much may be under way beyond the first request: what the line carries in this time. Milliseconds. */
const worthMs = 5000
/** A second one may begin when so much is left of the first. Milliseconds. */
const overlapMs = 1000
/** Until something has been measured: two small parts, or a handful of photos. Bytes. */
const unmeasuredBytes = 16 * 2 ** 20
/** A measurement takes at least so long, unless the line is a fast one, and counts as much as all before it. Milliseconds. */
const measuredMs = 2000

type Waiting = { readonly bytes: number; readonly held: () => PutRequest | null; readonly begin: () => void }

/** The same `put`, at most `most` at a time and less on a slow line; the others wait in the order they came. */
export function limitPuts(put: PutFile, most: number, nowMs: () => number): PutInTurn {
  const waiting: Waiting[] = []
  const line = createLine(nowMs)
  /** Of those whose turn it is, these are on the line; the others are being signed. */
  let sending = 0
  let count = 0
  let bytes = 0
  let leftBytes = 0

  const fits = (next: number) =>
    count === 0 ||
    (count < most && bytes + next <= line.worthBytes(worthMs)) ||
    (count === 1 && leftBytes <= line.worthBytes(overlapMs))
  const findNext = () => {
    const [first] = waiting
    if (first !== undefined && fits(first.bytes)) return first
    return sending === 0 ? waiting.find(({ held }) => held() !== null) : undefined
  }
  const admit = () => {
    for (let next = findNext(); next !== undefined; next = findNext()) {
      waiting.splice(waiting.indexOf(next), 1)
      next.begin()
    }
  }
  return async ({ held, sign }, file, watch) => {
    let isOnLine = false
    const enter = () => {
      if (sending === 0) line.start()
      sending += 1
      isOnLine = true
    }
    const atHand = await new Promise<PutRequest | null>((resolve) => {
      const begin = () => {
        count += 1
        bytes += file.size
        leftBytes += file.size
        const request = held()
        if (request !== null) enter()
        resolve(request)
      }
      waiting.push({ bytes: file.size, held, begin })
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
      const request = atHand ?? (await sign())
      if (request === null) return null
      if (!isOnLine) enter()
      const status = await put(request, file, { ...watch, onProgress })
      if (status >= 200 && status < 300) line.arrive(file.size)
      return status
    } finally {
      if (isOnLine) sending -= 1
      count -= 1
      bytes -= file.size
      leftBytes -= file.size - sent
      admit()
    }
  }
}

/**
 * How fast the line has been while there was something on it that arrived. Counted is what has arrived: a browser also
 * calls sent what waits, by the megabyte, in its own computer.
 */
function createLine(nowMs: () => number) {
  let bytesPerMs: number | null = null
  let arrived = 0
  let busyMs = 0
  let sinceMs = 0
  return {
    start(): void {
      sinceMs = nowMs()
    },
    arrive(bytes: number): void {
      arrived += bytes
      busyMs += nowMs() - sinceMs
      sinceMs = nowMs()
      if (busyMs < measuredMs && arrived < unmeasuredBytes) return
      const measured = arrived / Math.max(1, busyMs)
      bytesPerMs = bytesPerMs === null ? measured : (bytesPerMs + measured) / 2
      arrived = 0
      busyMs = 0
    },
    worthBytes: (ms: number): number => (bytesPerMs === null ? unmeasuredBytes : bytesPerMs * ms),
  }
}
