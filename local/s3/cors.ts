// Cross-origin rules, applied as S3 does: the first rule that fits decides, and a preflight that fits none is refused.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Bucket, CorsRule } from './buckets.ts'
import { S3Error } from './s3-error.ts'

/** Answers a preflight, or throws the refusal. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse, bucket: Bucket | null): void {
  const { origin } = request.headers
  const method = request.headers['access-control-request-method']
  if (origin === undefined || method === undefined) {
    throw new S3Error(400, 'BadRequest', 'Insufficient information. Origin request header needed.')
  }
  const wanted = (request.headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
  const rule = findRule(bucket, origin, method, wanted)
  if (rule === null) {
    const message =
      bucket?.cors === undefined
        ? 'CORSResponse: CORS is not enabled for this bucket.'
        : 'CORSResponse: This CORS request is not allowed.'
    throw new S3Error(403, 'AccessForbidden', message, { details: { Method: method, ResourceType: 'OBJECT' } })
  }
  allow(response, rule, origin)
  if (wanted.length > 0) response.setHeader('access-control-allow-headers', wanted.join(', '))
  response.writeHead(200, { 'content-length': 0 }).end()
}

/** Adds the headers that let a page of an allowed origin read this answer, refusals included. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse, bucket: Bucket | null): void {
  const { origin } = request.headers
  if (origin === undefined) return
  const rule = findRule(bucket, origin, request.method ?? '', [])
  if (rule !== null) allow(response, rule, origin)
}

function findRule(bucket: Bucket | null, origin: string, method: string, headers: readonly string[]): CorsRule | null {
  const fits = (rule: CorsRule) =>
    rule.allowedOrigins.some((pattern) => isMatch(pattern, origin)) &&
    rule.allowedMethods.includes(method) &&
    headers.every((name) => rule.allowedHeaders.some((pattern) => isMatch(pattern, name)))
  return bucket?.cors?.find(fits) ?? null
}

function allow(response: ServerResponse, rule: CorsRule, origin: string): void {
  const isAnyOrigin = rule.allowedOrigins.includes('*')
  response.setHeader('access-control-allow-origin', isAnyOrigin ? '*' : origin)
  if (!isAnyOrigin) response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('access-control-allow-methods', rule.allowedMethods.join(', '))
  if (rule.exposeHeaders.length > 0) response.setHeader('access-control-expose-headers', rule.exposeHeaders.join(', '))
  response.setHeader('access-control-max-age', String(rule.maxAgeSeconds))
  response.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method')
}

function isMatch(pattern: string, text: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${expression}$`, 'i').test(text)
}
