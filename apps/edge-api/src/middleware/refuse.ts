import type { Context } from 'hono'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { refusalError, type Refusal } from '../trpc/refusals.ts'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal before any procedure was reached, in the same shape as tRPC's, so that clients read one. */
export function refuseRequest(c: Context, refusal: Refusal): Response {
  const error = refusalError(refusal)
  const httpStatus = getHTTPStatusCodeFromError(error) as ContentfulStatusCode
  if (refusal.retryAfterSeconds !== undefined) c.header('retry-after', String(refusal.retryAfterSeconds))
  c.header('cache-control', 'no-store')
  return c.json({ error: { message: refusal.code, data: { code: error.code, httpStatus, refusal } } }, httpStatus)
}
