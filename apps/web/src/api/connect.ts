// The connection to the API, of a page or of the service worker: same origin, one GET or POST per call, never batched. A
// GET of its own is what lets the edge answer `feed.page` from its cache, and gives every call its own refusal.
import { createTRPCUntypedClient, httpLink, splitLink } from '@trpc/client'
import type { AppRouter } from '@shoebox/edge-api/src/router.ts'
import { requestIdHeader } from '@shoebox/shared/request-id.ts'
import { keptAtHeader } from '../pictures/forget-pictures.ts'
import { newUuid } from './new-uuid.ts'
import { createApi } from './proxy.ts'
import { learnTime } from './server-clock.ts'

/** Long enough for a slow phone, short enough that a person is told. Milliseconds. */
const timeoutMs = 20_000

export type Procedures = AppRouter['_def']['record']

/**
 * Of more ids an address would become too long, and the question goes by POST: the only ones, since the Worker of before,
 * which a deployment may go back to under pages that are open, takes a question by GET alone.
 */
const namedInAddressMax = 100

const countNamed = (input: unknown): number =>
  typeof input === 'object' && input !== null && 'mediaIds' in input && Array.isArray(input.mediaIds)
    ? input.mediaIds.length
    : 0

type Pass = <T>(call: () => Promise<T>) => Promise<T>

/**
 * `pass` makes each call, or makes it again. `onKept` is told of each answer from when it is: null for
 * now, else the service worker kept it and there is no network; see service-worker/serve-answers.ts.
 */
export function connectApi(pass: Pass, onKept: (keptAtMs: number | null) => void = () => undefined) {
  const options: Parameters<typeof httpLink<AppRouter>>[0] = {
    url: '/api/trpc',
    // Followed through every log, down to the row that an upload becomes.
    headers: () => ({ [requestIdHeader]: newUuid() }),
    fetch: async (url, init) => {
      const limits = [init?.signal, AbortSignal.timeout(timeoutMs)].filter((signal) => signal != null)
      const answer = await fetch(url, { ...(init as RequestInit), signal: AbortSignal.any(limits) })
      const keptAt = answer.headers.get(keptAtHeader)
      onKept(keptAt === null ? null : Number(keptAt))
      if (keptAt === null) learnTime(answer.headers.get('date'))
      return answer
    },
  }
  const client = createTRPCUntypedClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ path, input }) => path === 'uploads.watch' && countNamed(input) > namedInAddressMax,
        true: httpLink({ ...options, methodOverride: 'POST' }),
        false: httpLink(options),
      }),
    ],
  })
  return createApi<Procedures>((kind, path, input, signal) =>
    pass(() => client[kind](path, input, signal === undefined ? {} : { signal })),
  )
}
