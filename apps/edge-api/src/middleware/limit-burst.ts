import type { MiddlewareHandler } from 'hono'
import { refuseRequest } from './refuse.ts'

/** The platform's limiter, counted per location. Slower and exact limits are counted in Postgres. */
export type BurstLimiter = { readonly limit: (options: { key: string }) => Promise<{ success: boolean }> }

/** The limiter's window: 500 requests in it are 50 a second. */
const windowSeconds = 10

/** Refuses a network that sends more than 50 requests a second. */
export function limitBurst(limiter: BurstLimiter, networkOf: (headers: Headers) => string): MiddlewareHandler {
  return async (c, next) => {
    const { success } = await limiter.limit({ key: networkOf(c.req.raw.headers) })
    return success ? next() : refuseRequest(c, { code: 'rate_limited', retryAfterSeconds: windowSeconds })
  }
}
