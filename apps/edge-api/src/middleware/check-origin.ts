import type { MiddlewareHandler } from 'hono'
import { refuseRequest } from './refuse.ts'

const safeMethods = new Set(['GET', 'HEAD'])

/**
 * Refuses what could change something unless the browser says that our own pages sent it. SameSite=Lax keeps the
 * cookie from other sites, but not from other hosts of the same site.
 */
export function checkOrigin(siteOrigin: string): MiddlewareHandler {
  return async (c, next) => {
    if (safeMethods.has(c.req.method) || c.req.header('origin') === siteOrigin) return next()
    return refuseRequest(c, { code: 'wrong_origin' })
  }
}
