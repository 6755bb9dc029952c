// Entry of the Worker: hands bindings, the compiled wasm and the platform's cache to the wiring.
import argon2 from '@phi-ag/argon2/argon2.wasm'
import type { ExecutionContext } from '@cloudflare/workers-types'
import { createApp, faultAnswer } from './app.ts'
import { composeContext, composeIsolate, findOrigins, type IsolateParts } from './compose.ts'
import { parseEnv, type Env } from './env.ts'
import { logFault } from './log-fault.ts'
import { planSecurityHeaders } from './middleware/security-headers.ts'

const newRequestId = (): string => crypto.randomUUID()

/** Values and never promises: one that a request began and another awaits would hang. */
let kept: Kept | null = null
type Kept = { readonly bindings: unknown; readonly env: Env; readonly isolate: IsolateParts }

async function keep(bindings: unknown): Promise<Kept> {
  if (kept !== null && kept.bindings === bindings) return kept
  const env = parseEnv(bindings)
  const made = { bindings, env, isolate: await composeIsolate(env, argon2) }
  kept = made
  return made
}

async function answer(request: Request, bindings: unknown, execution: ExecutionContext): Promise<Response> {
  const { env, isolate } = await keep(bindings)
  const afterwards = (work: Promise<void>) =>
    execution.waitUntil(work.catch((error: unknown) => logFault({ requestId: 'afterwards', path: '', error })))
  const app = createApp({
    ...findOrigins(env),
    assets: env.ASSETS,
    burstLimiter: env.BURST_LIMIT,
    newRequestId,
    composeContext: (visit) => composeContext(env, isolate, { ...visit, cache: caches.default, afterwards }),
    logFault,
  })
  return app.fetch(request)
}

export default {
  async fetch(request: Request, bindings: unknown, execution: ExecutionContext): Promise<Response> {
    try {
      return await answer(request, bindings, execution)
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
