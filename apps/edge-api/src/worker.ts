// Entry of the Worker: hands bindings, the compiled wasm and the platform's cache to the wiring.
import argon2 from '@phi-ag/argon2/argon2.wasm'
import type { ExecutionContext } from 'hono'
import { createApp, faultAnswer } from './app.ts'
import {
  composeArrivals,
  composeContext,
  composeHealth,
  composeIsolate,
  composeMailProgram,
  findOrigins,
} from './compose.ts'
import { parseEnv } from './env.ts'
import { logFault } from './log-fault.ts'
import { planSecurityHeaders } from './middleware/security-headers.ts'

const newRequestId = (): string => crypto.randomUUID()

/** Values and never promises: one that a request began and another awaits would hang. */
let kept: { readonly bindings: unknown; readonly app: App } | null = null
type App = ReturnType<typeof createApp>

async function findApp(bindings: unknown): Promise<App> {
  if (kept !== null && kept.bindings === bindings) return kept.app
  const env = parseEnv(bindings)
  const isolate = await composeIsolate(env, argon2)
  const app = createApp({
    ...findOrigins(env),
    assets: env.ASSETS,
    burstLimiter: env.BURST_LIMIT,
    newRequestId,
    nowMs: Date.now,
    composeContext: (visit) => composeContext(env, isolate, { ...visit, cache: caches.default }),
    composeArrivals: (visitor) => composeArrivals(isolate, { requestId: newRequestId(), visitor }),
    composeHealth: () => composeHealth(isolate),
    composeMailProgram: () => composeMailProgram(isolate),
    logFault,
  })
  kept = { bindings, app }
  return app
}

export default {
  async fetch(request: Request, bindings: unknown, execution: ExecutionContext): Promise<Response> {
    try {
      const app = await findApp(bindings)
      return await app.fetch(request, {}, execution)
    } catch (error) {
      // Only what fails before there is an app, such as a wrong setting; the app answers its own faults.
      const requestId = newRequestId()
      logFault({ requestId, path: new URL(request.url).pathname, error })
      const headers = planSecurityHeaders({ incomingOrigin: '', mediaOrigin: '' })
      return Response.json(faultAnswer(requestId), {
        status: 500,
        headers: { ...headers, 'cache-control': 'no-store' },
      })
    }
  },
}
