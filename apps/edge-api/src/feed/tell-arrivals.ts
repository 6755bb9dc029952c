// GET /api/feed/arrivals?after=<sinceCursor>: `feed.since` as server-sent events, each with the next cursor for its id.
// Not a procedure: the browser's own EventSource asks, and comes again by itself with the last id it heard.
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { refuseRequest } from '../middleware/refuse.ts'
import { parseCursor } from './feed-cursor.ts'
import { streamArrivals, type StreamArrivalsDeps } from './stream-arrivals.ts'

export type TellArrivalsDeps = Pick<StreamArrivalsDeps, 'nowMs' | 'random' | 'readArrivals'> & {
  /** Called for what goes wrong after the answer has begun. */
  readonly onFault: (error: unknown) => void
}

/** When a browser whose stream broke comes again: not with all the others in the same second. */
const retryMs = { least: 2000, spread: 4000 }

export function tellArrivals(deps: TellArrivalsDeps, c: Context): Response {
  const after = parseCursor(c.req.header('last-event-id') ?? c.req.query('after') ?? '')
  if (after === null) return refuseRequest(c, { code: 'invalid_input', fields: ['after'] })
  const response = streamSSE(c, async (stream) => {
    try {
      await stream.write(`retry: ${Math.round(retryMs.least + retryMs.spread * deps.random())}\n\n`)
      await streamArrivals(
        {
          ...deps,
          sleep: (ms) => stream.sleep(ms),
          isGone: () => stream.aborted,
          tell: (arrivals) =>
            arrivals === null
              ? stream.write(':\n\n')
              : stream.writeSSE({ id: arrivals.sinceCursor, data: JSON.stringify(arrivals) }),
        },
        after,
      )
    } catch (error) {
      // The stream ends here, and the browser comes again.
      deps.onFault(error)
    }
  })
  response.headers.set('cache-control', 'no-store')
  return response
}
