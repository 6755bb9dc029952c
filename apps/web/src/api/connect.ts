// The connection to the API, of a page or of the service worker: same origin, one GET or POST per call, never batched. A
// GET of its own is what lets the edge answer `feed.page` from its cache, and gives every call its own refusal.
import { createTRPCUntypedClient, httpLink } from '@trpc/client'
import type { AppRouter } from '@shoebox/edge-api/src/router.ts'
import { requestIdHeader } from '@shoebox/shared/request-id.ts'
import { newUuid } from './new-uuid.ts'
import { createApi } from './proxy.ts'

/** Long enough for a slow phone, short enough that a person is told. Milliseconds. */
const timeoutMs = 20_000

export type Procedures = AppRouter['_def']['record']

/** `pass` makes each call, or makes it again. */
export function connectApi(pass: <T>(call: () => Promise<T>) => Promise<T>) {
  const client = createTRPCUntypedClient<AppRouter>({
    links: [
      httpLink({
        url: '/api/trpc',
        // Followed through every log, down to the row that an upload becomes.
        headers: () => ({ [requestIdHeader]: newUuid() }),
        fetch: (url, options) => {
          const limits = [options?.signal, AbortSignal.timeout(timeoutMs)].filter((signal) => signal != null)
          return fetch(url, { ...(options as RequestInit), signal: AbortSignal.any(limits) })
        },
      }),
    ],
  })
  return createApi<Procedures>((kind, path, input, signal) =>
    pass(() => client[kind](path, input, signal === undefined ? {} : { signal })),
  )
}
