// The one connection to the API: same origin, one GET or POST per call, never batched. A GET of its own is what lets the
// edge answer `feed.page` from its cache, and gives every call its own refusal.
import { createTRPCUntypedClient, httpLink } from '@trpc/client'
import type { AppRouter } from '@shoebox/edge-api/src/router.ts'
import { requestIdHeader } from '@shoebox/shared/request-id.ts'
import { passTerms } from '../session/terms-asked.ts'
import { createApi } from './proxy.ts'

/** Long enough for a slow phone, short enough that a person is told. Milliseconds. */
const timeoutMs = 20_000

const client = createTRPCUntypedClient<AppRouter>({
  links: [
    httpLink({
      url: '/api/trpc',
      // Followed through every log, down to the row that an upload becomes.
      headers: () => ({ [requestIdHeader]: crypto.randomUUID() }),
      fetch: (url, options) => {
        const limits = [options?.signal, AbortSignal.timeout(timeoutMs)].filter((signal) => signal != null)
        return fetch(url, { ...(options as RequestInit), signal: AbortSignal.any(limits) })
      },
    }),
  ],
})

type Procedures = AppRouter['_def']['record']

export const api = createApi<Procedures>((kind, path, input, signal) =>
  passTerms(() => client[kind](path, input, signal === undefined ? {} : { signal })),
)

type OutputOf<P> = P extends { readonly _def: { readonly $types: { readonly output: infer O } } } ? O : never

/** What each procedure answers. */
export type Outputs = {
  readonly [R in keyof Procedures]: { readonly [P in keyof Procedures[R]]: OutputOf<Procedures[R][P]> }
}
