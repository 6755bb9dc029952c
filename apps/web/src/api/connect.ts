// The connection to the API, of a page or of the service worker: same origin, one GET or POST per call, never batched. A
// GET of its own is what lets the edge answer `feed.page` from its cache, and gives every call its own refusal. What goes
// over it is tRPC's own form of such calls, and nothing else of it: its client would be a tenth of the first load.
import type { AppRouter } from '@shoebox/edge-api/src/router.ts'
import { requestIdHeader } from '@shoebox/shared/request-id.ts'
import { keptAtHeader } from '../pictures/forget-pictures.ts'
import { newUuid } from './new-uuid.ts'
import { createApi, type Send } from './proxy.ts'

/** Long enough for a slow phone, short enough that a person is told. Milliseconds. */
const timeoutMs = 20_000

export type Procedures = AppRouter['_def']['record']

type Pass = <T>(call: () => Promise<T>) => Promise<T>
type Answer = { readonly result?: { readonly data: unknown }; readonly error?: { readonly data: unknown } }

/** The API's own no. What `data` says is read by refusal.ts; anything else thrown by a call is no answer at all. */
class CallFailed extends Error {
  readonly data: unknown

  constructor(path: string, status: number, data: unknown) {
    super(`${path} answered ${status}`)
    this.data = data
  }
}

/**
 * `pass` makes each call, or makes it again. `onKept` is told of each answer from when it is: null for
 * now, else the service worker kept it and there is no network; see service-worker/serve-answers.ts.
 */
export function connectApi(
  pass: Pass,
  onKept: (keptAtMs: number | null) => void = () => undefined,
  ask: (url: string, options: RequestInit) => Promise<Response> = (url, options) => fetch(url, options),
) {
  const send: Send = async (kind, path, input, signal) => {
    const json = input === undefined ? null : JSON.stringify(input)
    const limits = AbortSignal.any([signal ?? [], AbortSignal.timeout(timeoutMs)].flat())
    // Followed through every log, down to the row that an upload becomes.
    const followed = { [requestIdHeader]: newUuid() }
    const answer =
      kind === 'query'
        ? await ask(`/api/trpc/${path}${json === null ? '' : `?input=${encodeURIComponent(json)}`}`, {
            headers: followed,
            signal: limits,
          })
        : await ask(`/api/trpc/${path}`, {
            method: 'POST',
            headers: { ...followed, 'content-type': 'application/json' },
            body: json,
            signal: limits,
          })
    const keptAt = answer.headers.get(keptAtHeader)
    onKept(keptAt === null ? null : Number(keptAt))
    const { result, error } = (await answer.json()) as Answer
    if (result === undefined) throw new CallFailed(path, answer.status, error?.data)
    return result.data
  }
  return createApi<Procedures>((...call) => pass(() => send(...call)))
}
