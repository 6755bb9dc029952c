// A visitor who speaks to the Worker over HTTP: keeps cookies as a browser does, sends Origin with every mutation, and
// can leave out or forge either. For security, workerd and end-to-end tests.
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import type { AppRouter } from '@shoebox/edge-api/src/router.ts'

export type ApiAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** What the procedure answered, unchecked; undefined for an error or another body. */
  readonly data: unknown
  /** `data.refusal` of a tRPC error. */
  readonly refusal: { readonly code: string; readonly [detail: string]: unknown } | null
}

export type CallOptions = {
  /** Added to, or put in place of, what a browser would send; null leaves the header out. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** Sent as it is instead of the JSON of the input. */
  readonly body?: string | Uint8Array<ArrayBuffer>
}

export type ApiClient = {
  /** Typed calls, as the web client makes them; errors are thrown as TRPCClientError. */
  readonly api: TRPCClient<AppRouter>
  /** Raw calls for what must be refused: any path, any input, nothing thrown. */
  readonly query: (path: string, input?: unknown, options?: CallOptions) => Promise<ApiAnswer>
  readonly mutate: (path: string, input?: unknown, options?: CallOptions) => Promise<ApiAnswer>
  /** Any request to the site, with this visitor's cookies. */
  readonly send: (path: string, init: RequestInit, changes?: CallOptions['headers']) => Promise<ApiAnswer>
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  readonly cookies: CookieJar
}

export type CookieJar = {
  /** The Cookie header, or null when there is none. */
  readonly header: () => string | null
  readonly get: (name: string) => string | null
  readonly set: (name: string, value: string) => void
  /** The last Set-Cookie lines as they came, for tests of their attributes. */
  readonly received: readonly string[]
  readonly delete: (name: string) => void
  readonly clear: () => void
}

/**
 * @param origin the site's address, which is also what is sent as Origin
 * @param network the address the visitor seems to come from; limits count by it. A fresh one for each client by default
 */
export function createApiClient(origin: string, network: string = makeNetwork()): ApiClient {
  const cookies = makeCookieJar()

  async function ask(path: string, init: RequestInit, changes: CallOptions['headers'] = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('cf-connecting-ip', network)
    if ((init.method ?? 'GET') !== 'GET') headers.set('origin', origin)
    const cookie = cookies.header()
    if (cookie !== null) headers.set('cookie', cookie)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) headers.delete(name)
      else headers.set(name, value)
    }
    const response = await fetch(new URL(path, origin), { redirect: 'manual', ...init, headers })
    cookies.keep(response.headers.getSetCookie())
    return response
  }
  const send: ApiClient['send'] = async (path, init, changes) => readAnswer(await ask(path, init, changes))

  return {
    api: createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: new URL('/api/trpc', origin).href,
          fetch: (url, init) => ask(String(url), (init ?? {}) as RequestInit),
        }),
      ],
    }),
    query: (path, input, options = {}) => {
      const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
      return send(`/api/trpc/${path}${search}`, { method: 'GET' }, options.headers)
    },
    mutate: (path, input, options = {}) => {
      const body = options.body ?? (input === undefined ? null : JSON.stringify(input))
      const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
      return send(`/api/trpc/${path}`, init, options.headers)
    },
    send,
    fetch: (path, init = {}) => ask(path, init),
    cookies,
  }
}

async function readAnswer(response: Response): Promise<ApiAnswer> {
  const text = await response.text()
  const json = parse(text)
  const refusal = pick(json, 'error', 'data', 'refusal')
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: pick(json, 'result', 'data'),
    refusal: isRefusal(refusal) ? refusal : null,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const pick = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), value)

const isRefusal = (value: unknown): value is { code: string } =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'

/** One site's cookies: name and value only, since a test has one site. An expired one is forgotten. */
function makeCookieJar(): CookieJar & { keep: (lines: readonly string[]) => void } {
  const values = new Map<string, string>()
  const received: string[] = []
  return {
    received,
    header: () => (values.size === 0 ? null : [...values].map(([name, value]) => `${name}=${value}`).join('; ')),
    get: (name) => values.get(name) ?? null,
    set: (name, value) => void values.set(name, value),
    delete: (name) => void values.delete(name),
    clear: () => values.clear(),
    keep: (lines) => {
      for (const line of lines) {
        received.push(line)
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        const name = pair.slice(0, at).trim()
        if (/;\s*max-age=0\b/i.test(line) || /;\s*expires=thu, 01 jan 1970/i.test(line)) values.delete(name)
        else values.set(name, pair.slice(at + 1).trim())
      }
    },
  }
}

/** An IPv6 network of its own for each client, so that no test uses up another's limits. */
function makeNetwork(): string {
  const [a, b, c] = crypto.getRandomValues(new Uint16Array(3))
  return `2001:db8:${[a, b, c].map((part) => (part ?? 0).toString(16)).join(':')}::1`
}
