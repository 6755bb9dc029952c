// The HTTP surface: one origin that serves the web client and, under /api, the procedures. What is refused here is
// refused before a procedure runs and in the same shape.
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { Context as HttpContext } from 'hono'
import { getCookie } from 'hono/cookie'
import { Hono } from 'hono/tiny'
import { isRequestId, requestIdHeader } from '@shoebox/shared/request-id.ts'
import { tellArrivals, type TellArrivalsDeps } from './feed/tell-arrivals.ts'
import { tellHealth, type TellHealthDeps } from './health/tell-health.ts'
import { checkOrigin } from './middleware/check-origin.ts'
import { limitBody } from './middleware/limit-body.ts'
import { limitBurst, type BurstLimiter } from './middleware/limit-burst.ts'
import { refuseRequest } from './middleware/refuse.ts'
import { securityHeaders, type SecurityHeadersSettings } from './middleware/security-headers.ts'
import { serveAssets, type Assets } from './middleware/serve-assets.ts'
import { serveFeedPage, serveItemPage, type ServePageDeps } from './pages/serve-page.ts'
import { answerMailProgram } from './notifications/answer-mail-program.ts'
import type { MuteByLinkDeps } from './notifications/mute-by-link.ts'
import { appRouter } from './router.ts'
import { deviceCookie, deviceCookieName } from './sessions/device-cookie.ts'
import { clearedSessionCookie, sessionCookie, sessionCookieName } from './sessions/session-cookie.ts'
import type { Context } from './trpc/context.ts'
import { findPassing, findRefusal } from './trpc/refusals.ts'
import { networkOf } from './trpc/visitor-network.ts'
import type { Visitor } from './trpc/visitor.ts'

export type AppDeps = SecurityHeadersSettings & {
  readonly siteOrigin: string
  readonly assets: Assets
  readonly burstLimiter: BurstLimiter
  readonly newRequestId: () => string
  readonly nowMs: () => number
  readonly composeContext: (request: RequestOfVisitor) => Context
  readonly composeArrivals: (visitor: Visitor) => TellArrivalsDeps
  readonly composeHealth: () => TellHealthDeps
  readonly composeMailProgram: () => MuteByLinkDeps
  readonly logFault: (fault: { requestId: string; path: string; error: unknown }) => void
}

export type RequestOfVisitor = {
  readonly requestId: string
  readonly visitor: Visitor
  /** Lets work go on after the answer was sent; what it throws is logged. */
  readonly afterwards: (work: Promise<void>) => void
  readonly setSessionCookie: (token: string) => void
  readonly clearSessionCookie: () => void
  readonly setDeviceCookie: (token: string) => void
}

/** Long enough for a crowd before one row to have passed. */
const busySeconds = 2

/** Calls in one HTTP request. The client sends what one screen asks for together. */
const callsMaxPerRequest = 10

const userAgentCharactersMax = 256

/** One app serves all requests of an isolate. */
export function createApp(deps: AppDeps) {
  const app = new Hono()
  app.use(securityHeaders(deps))
  app.use(limitBurst(deps.burstLimiter, networkOf))
  app.use('/api/*', checkOrigin(deps.siteOrigin), limitBody)
  app.get('/api/health', (c) => c.json({ isUp: true }, 200, { 'cache-control': 'no-store' }))
  app.get('/api/health/ready', () => tellHealth(deps.composeHealth()))
  app.all('/api/trpc/*', (c) => answerCalls(deps, c))
  app.get('/api/feed/arrivals', (c) => tellArrivals(deps.composeArrivals(visitorOf(c)), c))
  // From mail programs, so from any origin; a GET is a page like any other.
  app.post('/mute', limitBody, (c) => answerMailProgram(deps.composeMailProgram(), c))
  app.all('/api', (c) => refuseRequest(c, { code: 'not_found' }))
  app.all('/api/*', (c) => refuseRequest(c, { code: 'not_found' }))
  const pages = planPages(deps)
  app.get('/', serveFeedPage(pages))
  app.get('/p/:mediaId', serveItemPage(pages))
  app.all('*', serveAssets(deps.assets))
  app.onError((error, c) => {
    const requestId = nameRequest(deps, c)
    deps.logFault({ requestId, path: new URL(c.req.url).pathname, error })
    return c.json(faultAnswer(requestId), 500, { 'cache-control': 'no-store' })
  })
  return app
}

/** What a visitor learns of a fault. */
export const faultAnswer = (requestId: string) => ({
  error: {
    message: 'fault',
    data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, refusal: null, requestId },
  },
})

async function answerCalls(deps: AppDeps, c: HttpContext): Promise<Response> {
  const cookies: string[] = []
  const request = describeRequest(deps, c, cookies)
  const { requestId } = request
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    router: appRouter,
    req: withoutStreaming(c.req.raw),
    createContext: () => deps.composeContext(request),
    maxBatchSize: callsMaxPerRequest,
    // A question about a thousand uploads fits into no address.
    allowMethodOverride: true,
    onError({ error, path }) {
      if (findRefusal(error) === null) deps.logFault({ requestId, path: path ?? '', error: error.cause ?? error })
    },
    responseMeta({ errors }) {
      const passing = errors.map(findPassing)
      const seconds = errors.map((error) => findRefusal(error)?.retryAfterSeconds ?? 0)
      if (passing.includes('busy')) seconds.push(busySeconds)
      // By which the client judges when signatures end: its own clock may be wrong.
      const date = new Date(deps.nowMs()).toUTCString()
      const headers = new Headers({ 'cache-control': 'no-store', date })
      if (Math.max(0, ...seconds) > 0) headers.set('retry-after', String(Math.max(...seconds)))
      return { headers, ...(passing.some((reason) => reason !== null) && { status: 503 }) }
    },
  })
  // Set here and not through tRPC: every call of the batch has ended by now, so none of its cookies can come too late.
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

/** @param cookies where what the request sets is put; whoever answers sends them */
function describeRequest(deps: AppDeps, c: HttpContext, cookies: string[]): RequestOfVisitor {
  const requestId = nameRequest(deps, c)
  return {
    requestId,
    visitor: visitorOf(c),
    afterwards: (work) =>
      c.executionCtx.waitUntil(work.catch((error: unknown) => deps.logFault({ requestId, path: 'afterwards', error }))),
    setSessionCookie: (token) => void cookies.push(sessionCookie(token)),
    clearSessionCookie: () => void cookies.push(clearedSessionCookie()),
    setDeviceCookie: (token) => void cookies.push(deviceCookie(token)),
  }
}

/** Pages set no cookies: what they show is nobody's own. */
const planPages = (deps: AppDeps): ServePageDeps => ({
  siteOrigin: deps.siteOrigin,
  assets: deps.assets,
  compose: (c) => deps.composeContext(describeRequest(deps, c, [])),
  onFault: (c, error) => deps.logFault({ requestId: nameRequest(deps, c), path: new URL(c.req.url).pathname, error }),
})

/** The browser's own name for its request where it gave one, so that a visitor's report and our logs say the same. */
function nameRequest(deps: AppDeps, c: HttpContext): string {
  const given = c.req.header(requestIdHeader)
  return isRequestId(given) ? given : deps.newRequestId()
}

function visitorOf(c: HttpContext): Visitor {
  const cookies = getCookie(c)
  return {
    network: networkOf(c.req.raw.headers),
    userAgent: (c.req.header('user-agent') ?? '').slice(0, userAgentCharactersMax),
    sessionToken: cookies[sessionCookieName] ?? null,
    deviceToken: cookies[deviceCookieName] ?? null,
    // Read when a session is opened and not before: the runtime makes the whole of `cf` when it is first looked at.
    get country() {
      return readPlace(c.req.raw, 'country')
    },
    get city() {
      return readPlace(c.req.raw, 'city')
    },
  }
}

/** Where Cloudflare says that the network is. */
function readPlace(request: Request, name: 'country' | 'city'): string | null {
  const cf: unknown = Reflect.get(request, 'cf')
  const value: unknown = typeof cf === 'object' && cf !== null ? Reflect.get(cf, name) : null
  return typeof value === 'string' && value !== '' ? value.slice(0, placeCharactersMax) : null
}

const placeCharactersMax = 100

/** A streamed answer sends its headers first: a cookie that a call sets would be lost. */
function withoutStreaming(request: Request): Request {
  if (request.headers.get('trpc-accept') === null && !request.headers.get('accept')?.includes('jsonl')) return request
  const headers = new Headers(request.headers)
  headers.delete('trpc-accept')
  headers.set('accept', 'application/json')
  return new Request(request, { headers })
}
