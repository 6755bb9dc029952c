import type { MiddlewareHandler } from 'hono'
import { refuseRequest } from './refuse.ts'
import { hashedFolder } from './serve-assets.ts'

/** The platform's limiter, counted per location. Slower and exact limits are counted in Postgres. */
export type BurstLimiter = { readonly limit: (options: { key: string }) => Promise<{ success: boolean }> }

/** The limiter's window: 500 requests in it are 50 a second. */
const windowSeconds = 10

/**
 * Refuses a network that sends more than 50 requests a second. The client's hashed files are not counted: one page loads
 * some forty of them at once, and people behind one address, a school's or a phone network's, would lack a style sheet.
 */
export function limitBurst(limiter: BurstLimiter, networkOf: (headers: Headers) => string): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.path.startsWith(hashedFolder)) return next()
    const { success } = await limiter.limit({ key: networkOf(c.req.raw.headers) })
    return success ? next() : refuseRequest(c, { code: 'rate_limited', retryAfterSeconds: windowSeconds })
  }
}
