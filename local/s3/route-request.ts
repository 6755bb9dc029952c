// Every request's way in: CORS, then the signature, then the bucket, then the route. Errors leave here as S3's XML.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { SignatureRefusal } from '../signature/signature-refusal.ts'
import { verifySigV4, type Verified, type Verifier } from '../signature/verify-sigv4.ts'
import { handleBucket } from './bucket-routes.ts'
import { allowOrigin, answerPreflight } from './cors.ts'
import { handleMultipart } from './multipart-routes.ts'
import { handleObject } from './object-routes.ts'
import type { S3Call, S3Services } from './s3-call.ts'
import { S3Error } from './s3-error.ts'
import { element } from './xml.ts'

export type Arrival = {
  request: IncomingMessage
  response: ServerResponse
  requestId: string
  expectsContinue: boolean
  services: S3Services
  verifier: Verifier
}

/** AWS's limit, in UTF-8 bytes. */
const keyBytesMax = 1024

/** Answers the request. Returns a phrase for the log when it was refused or failed, otherwise null. */
export async function routeRequest(arrival: Arrival): Promise<string | null> {
  const { response, requestId } = arrival
  response.setHeader('server', 'AmazonS3')
  response.setHeader('x-amz-request-id', requestId)
  response.setHeader('x-amz-id-2', Buffer.from(requestId).toString('base64'))
  try {
    await route(arrival)
    return null
  } catch (error) {
    const refusal = toS3Error(error)
    writeError(arrival, refusal)
    if (refusal.status >= 500 && error instanceof Error && !(error instanceof S3Error)) return `500 ${error.stack}`
    return `${refusal.status} ${refusal.code}`
  }
}

async function route(arrival: Arrival): Promise<void> {
  const { request, response, services } = arrival
  const { path, query, bucketName, key } = readAddress(request.url ?? '/')
  const method = request.method ?? 'GET'
  const found = services.findBucket(bucketName)
  if (method === 'OPTIONS') return answerPreflight(request, response, found)
  allowOrigin(request, response, found)

  const verified = verifySigV4({ method, path, query, headers: request.headers }, arrival.verifier)
  if (verified === null) throw new S3Error(403, 'AccessDenied', 'Access Denied')
  if (found === null) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist')
  if (Buffer.byteLength(key) > keyBytesMax) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long')
  if (arrival.expectsContinue) response.writeContinue()
  const call: S3Call = {
    request,
    response,
    requestId: arrival.requestId,
    method,
    bucket: found,
    key,
    query: new Map(query),
    headers: readEffectiveHeaders(request, query, verified),
    body: { request, payloadHash: verified.payloadHash },
    services,
  }
  if (key === '') return handleBucket(call)
  return call.query.has('uploads') || call.query.has('uploadId') ? handleMultipart(call) : handleObject(call)
}

function readAddress(url: string) {
  const [path = '/', search = ''] = url.split(/\?(.*)/s)
  try {
    const [bucketName = '', ...rest] = path.slice(1).split('/').map(decodeURIComponent)
    return { path, query: parseQuery(search), bucketName, key: rest.join('/') }
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.")
  }
}

function parseQuery(search: string): [string, string][] {
  const decode = (text: string) => decodeURIComponent(text.replace(/\+/g, ' '))
  return search
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      return [decode(name), decode(value)]
    })
}

/**
 * Presigners move x-amz- headers into the query, where S3 honours them, except for checksums: a checksum binds the
 * body only as a signed header.
 */
const neverFromQuery =
  /^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|checksum-.*|sdk-checksum-algorithm|trailer|decoded-content-length)$/

function readEffectiveHeaders(
  request: IncomingMessage,
  query: readonly (readonly [string, string])[],
  verified: Verified,
): Record<string, string> {
  const headers: Record<string, string> = {}
  if (verified.kind === 'presigned') {
    for (const [name, value] of query) {
      const lower = name.toLowerCase()
      if (lower.startsWith('x-amz-') && !neverFromQuery.test(lower)) headers[lower] = value
    }
  }
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

function toS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error
  if (error instanceof SignatureRefusal) {
    return new S3Error(error.status, error.code, error.message, { details: error.details })
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new S3Error(500, 'InternalError', 'The disk of this machine is full.')
  }
  return new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.')
}

function writeError({ request, response, requestId }: Arrival, error: S3Error): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const details = Object.entries(error.details).map(([name, value]) => element(name, value))
  const body = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${element('Code', error.code)}${element(
      'Message',
      error.message,
    )}${details.join('')}${element('RequestId', requestId)}${element('HostId', 'local')}</Error>`,
  )
  response.statusCode = error.status
  for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value)
  // The rest of a refused body is read and thrown away, or the client would see a reset instead of the reason.
  request.resume()
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  response.setHeader('content-type', 'application/xml')
  response.setHeader('content-length', body.length)
  response.end(body)
}
