// One bound for all PUTs of this page, whichever files they belong to: browsers open six connections to a host, and a
// request that waits for one would look like a connection that stands still.
import type { PutFile } from './put-request.ts'

/** The same `put`, at most `most` at a time; the others wait in the order they came. */
export function limitPuts(put: PutFile, most: number): PutFile {
  let free = most
  const waiting: (() => void)[] = []
  return async (request, file, watch) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return watch.signal.aborted ? 0 : await put(request, file, watch)
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
