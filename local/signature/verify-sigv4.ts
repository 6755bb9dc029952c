// AWS Signature Version 4, the checking side, for headers and for presigned URLs. Written from the specification and
// not on AWS's signer, so that it is an independent witness of what our code signs.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { readCredentials, type SignedParts, type SignedRequest } from './read-credentials.ts'
import { SignatureRefusal } from './signature-refusal.ts'

export type Verifier = {
  service: 's3' | 'sqs' | 'ses' | 'lambda' | 'logs' | 'monitoring'
  region: string
  findSecret(accessKeyId: string): string | undefined
  now(): number
}

export type Verified = {
  kind: 'header' | 'presigned'
  accessKeyId: string
  /** What the signature says about the body: its SHA-256 in hex, UNSIGNED-PAYLOAD or a STREAMING- method. */
  payloadHash: string
}

/** How far a clock may be off, and how far in the future a URL may be signed. */
const skewMsMax = 15 * 60 * 1000

/** Returns who signed the request, null when nobody did; throws the refusal AWS would answer. */
export function verifySigV4(request: SignedRequest, verifier: Verifier, bodySha256?: string): Verified | null {
  const parts = readCredentials(request)
  if (parts === null) return null
  const secret = verifier.findSecret(parts.accessKeyId)
  if (secret === undefined) {
    const message = 'The AWS Access Key Id you provided does not exist in our records.'
    throw new SignatureRefusal(403, 'InvalidAccessKeyId', message, { AWSAccessKeyId: parts.accessKeyId })
  }
  checkScope(parts, verifier)
  checkTime(parts, verifier.now())
  checkUnsignedHeaders(parts, request)

  const payloadHash = readPayloadHash(parts, request, bodySha256)
  const canonicalRequest = composeCanonicalRequest(request, parts, payloadHash, verifier.service)
  const scope = `${parts.day}/${verifier.region}/${verifier.service}/aws4_request`
  const stringToSign = ['AWS4-HMAC-SHA256', parts.dateText, scope, sha256Hex(canonicalRequest)].join('\n')
  const expected = createHmac('sha256', findKey(secret, scope)).update(stringToSign).digest('hex')
  if (!isSame(expected, parts.signature)) {
    const message =
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
    throw new SignatureRefusal(403, 'SignatureDoesNotMatch', message, {
      AWSAccessKeyId: parts.accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: parts.signature,
      CanonicalRequest: canonicalRequest,
    })
  }
  return { kind: parts.kind, accessKeyId: parts.accessKeyId, payloadHash }
}

/** The keys of the last scopes: a day, a region and a service each. Deriving one costs four times what using it does. */
const keys = new Map<string, Buffer>()
const keysMax = 20

function findKey(secret: string, scope: string): Buffer {
  const name = `${secret} ${scope}`
  const known = keys.get(name)
  if (known !== undefined) return known
  let key = Buffer.from(`AWS4${secret}`)
  for (const step of scope.split('/')) key = createHmac('sha256', key).update(step).digest()
  if (keys.size >= keysMax) keys.clear()
  keys.set(name, key)
  return key
}

function checkScope(parts: SignedParts, verifier: Verifier): void {
  if (parts.service !== verifier.service) {
    throw malformed(parts, `incorrect service "${parts.service}". This endpoint belongs to "${verifier.service}".`)
  }
  if (parts.region !== verifier.region) {
    throw malformed(parts, `the region '${parts.region}' is wrong; expecting '${verifier.region}'`)
  }
  if (parts.day !== parts.dateText.slice(0, 8)) {
    throw malformed(parts, `Invalid credential date "${parts.day}". This date is not the same as X-Amz-Date.`)
  }
  if (!parts.signedHeaders.includes('host')) throw notSigned('host')
}

function malformed(parts: SignedParts, message: string): SignatureRefusal {
  const code = parts.kind === 'presigned' ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed'
  return new SignatureRefusal(400, code, `Error parsing the Credential; ${message}`)
}

function notSigned(names: string): SignatureRefusal {
  const message = 'There were headers present in the request which were not signed'
  return new SignatureRefusal(403, 'AccessDenied', message, { HeadersNotSigned: names })
}

function checkTime(parts: SignedParts, now: number): void {
  const serverTime = new Date(now).toISOString()
  if (parts.kind === 'header') {
    if (Math.abs(now - parts.signedAtMs) <= skewMsMax) return
    const message = 'The difference between the request time and the current time is too large.'
    throw new SignatureRefusal(403, 'RequestTimeTooSkewed', message, {
      RequestTime: parts.dateText,
      ServerTime: serverTime,
      MaxAllowedSkewMilliseconds: String(skewMsMax),
    })
  }
  const details = { 'X-Amz-Expires': String(parts.expiresSeconds) }
  if (parts.signedAtMs > now + skewMsMax) {
    throw new SignatureRefusal(403, 'AccessDenied', 'Request is not valid yet', details)
  }
  const expiresAtMs = parts.signedAtMs + parts.expiresSeconds * 1000
  if (now > expiresAtMs) {
    const expires = new Date(expiresAtMs).toISOString()
    throw new SignatureRefusal(403, 'AccessDenied', 'Request has expired', {
      ...details,
      Expires: expires,
      ServerTime: serverTime,
    })
  }
}

/** Every x-amz- header must be signed: otherwise whoever holds a URL could add an ACL or metadata to it. */
function checkUnsignedHeaders(parts: SignedParts, request: SignedRequest): void {
  const unsigned = Object.keys(request.headers).filter(
    (name) =>
      name.startsWith('x-amz-') &&
      !parts.signedHeaders.includes(name) &&
      !(parts.kind === 'presigned' && name === 'x-amz-content-sha256'),
  )
  if (unsigned.length > 0) throw notSigned(unsigned.join(', '))
}

function readPayloadHash(parts: SignedParts, request: SignedRequest, bodySha256: string | undefined): string {
  if (bodySha256 !== undefined) return bodySha256
  const header = request.headers['x-amz-content-sha256']
  if (typeof header === 'string') return header
  const inQuery = request.query.find(([name]) => name === 'X-Amz-Content-Sha256')
  if (inQuery !== undefined) return inQuery[1]
  if (parts.kind === 'presigned') return 'UNSIGNED-PAYLOAD'
  const message = 'Missing required header for this request: x-amz-content-sha256'
  throw new SignatureRefusal(400, 'InvalidRequest', message)
}

function composeCanonicalRequest(
  request: SignedRequest,
  parts: SignedParts,
  payloadHash: string,
  service: Verifier['service'],
): string {
  // S3 encodes a path once, every other service encodes what is already encoded once more.
  const path = service === 's3' ? decodeURIComponent(request.path) : request.path
  const query = request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
  const headers = parts.signedHeaders
    .toSorted(compare)
    .map((name) => `${name}:${readHeader(request.headers[name]).trim().replace(/\s+/g, ' ')}\n`)
  return [
    request.method,
    path.split('/').map(encodeRfc3986).join('/') || '/',
    query.join('&'),
    headers.join(''),
    parts.signedHeaders.toSorted(compare).join(';'),
    payloadHash,
  ].join('\n')
}

function readHeader(value: string | string[] | undefined): string {
  if (value === undefined) return ''
  // Node hands header bytes over as Latin-1; signers sign UTF-8.
  return Array.isArray(value) ? value.join(',') : Buffer.from(value, 'latin1').toString('utf8')
}

function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function isSame(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
