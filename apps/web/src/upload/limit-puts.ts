// One bound for all PUTs of this page, whichever files they belong to. Browsers open six connections to a host, and a
// request that waits for one would look like a connection that stands still. On a slow line even four are too many: each
// of them takes four times as long, and a network that breaks, or a phone that is locked, loses what all of them had sent.
import type { PutFile } from './put-request.ts'

/** So much may be under way beyond the first request: what the line carries in this time. Milliseconds. */
const worthMs = 8000
/** Until something has been measured: two small parts, or a handful of photos. Bytes. */
const unmeasuredBytes = 16 * 2 ** 20
/** A measurement takes so long, and counts as much as all before it. Milliseconds. */
const measuredMs = 1000

/** The same `put`, at most `most` at a time and less on a slow line; the others wait in the order they came. */
export function limitPuts(put: PutFile, most: number, nowMs: () => number): PutFile {
  const waiting: { readonly bytes: number; readonly begin: () => void }[] = []
  const line = createLine(nowMs)
  let count = 0
  let bytes = 0

  const fits = (next: number) => count === 0 || (count < most && bytes + next <= line.worthBytes())
  const admit = () => {
    while (waiting[0] !== undefined && fits(waiting[0].bytes)) waiting.shift()?.begin()
  }
  return async (request, file, watch) => {
    await new Promise<void>((resolve) => {
      const begin = () => {
        if (count === 0) line.start()
        count += 1
        bytes += file.size
        resolve()
      }
      waiting.push({ bytes: file.size, begin })
      admit()
    })
    let sent = 0
    const onProgress = (loaded: number) => {
      line.carry(loaded - sent)
      sent = loaded
      watch.onProgress(loaded)
      admit()
    }
    try {
      return watch.signal.aborted ? 0 : await put(request, file, { ...watch, onProgress })
    } finally {
      count -= 1
      bytes -= file.size
      admit()
    }
  }
}

/** How fast the line has been while there was something on it. */
function createLine(nowMs: () => number) {
  let bytesPerMs: number | null = null
  let carried = 0
  let sinceMs = 0
  return {
    start(): void {
      carried = 0
      sinceMs = nowMs()
    },
    carry(bytes: number): void {
      carried += Math.max(0, bytes)
      const tookMs = nowMs() - sinceMs
      if (tookMs < measuredMs) return
      const measured = carried / tookMs
      bytesPerMs = bytesPerMs === null ? measured : (bytesPerMs + measured) / 2
      carried = 0
      sinceMs = nowMs()
    },
    worthBytes: (): number => (bytesPerMs === null ? unmeasuredBytes : bytesPerMs * worthMs),
  }
}
