// Reads who signed a request, when and over which headers, from the Authorization header or from a presigned URL.
// Called by verify-sigv4, which alone decides whether any of it is true.
import { SignatureRefusal } from './signature-refusal.ts'

export type SignedRequest = {
  method: string
  /** As it came over the wire, still percent-encoded. */
  path: string
  /** Decoded, in the order they came. */
  query: readonly (readonly [string, string])[]
  headers: Readonly<Record<string, string | string[] | undefined>>
}

export type SignedParts = {
  kind: 'header' | 'presigned'
  accessKeyId: string
  day: string
  region: string
  service: string
  signedHeaders: readonly string[]
  signature: string
  /** As signed, e.g. 20261122T010203Z. */
  dateText: string
  signedAtMs: number
  /** Of a presigned URL; 0 for a header. */
  expiresSeconds: number
}

/** AWS's limit: one week. */
const expiresSecondsMax = 604_800

const presignedNames = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
] as const

export function readCredentials(request: SignedRequest): SignedParts | null {
  const authorization = request.headers['authorization']
  const query = new Map(request.query)
  const isPresigned = query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature')
  if (authorization !== undefined && isPresigned) {
    throw new SignatureRefusal(400, 'InvalidArgument', 'Only one auth mechanism allowed')
  }
  if (isPresigned) return readPresigned(query)
  return typeof authorization === 'string' ? readHeader(authorization, request) : null
}

function readPresigned(query: ReadonlyMap<string, string>): SignedParts {
  const refuse = (message: string) => new SignatureRefusal(400, 'AuthorizationQueryParametersError', message)
  for (const name of presignedNames) {
    if (!query.get(name)) {
      throw refuse(`Query-string authentication version 4 requires the ${presignedNames.join(', ')} parameters.`)
    }
  }
  if (query.get('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') {
    throw refuse('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"')
  }
  const expiresSeconds = Number(query.get('X-Amz-Expires'))
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 0) throw refuse('X-Amz-Expires should be a number')
  if (expiresSeconds > expiresSecondsMax) {
    throw refuse('X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires is too large')
  }
  return {
    kind: 'presigned',
    ...readScope(query.get('X-Amz-Credential') ?? '', refuse),
    ...readDate(query.get('X-Amz-Date')),
    signedHeaders: (query.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: query.get('X-Amz-Signature') ?? '',
    expiresSeconds,
  }
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256\s+Credential=(?<credential>[^,\s]+),\s*SignedHeaders=(?<headers>[^,\s]+),\s*Signature=(?<signature>[0-9a-f]+)$/

function readHeader(authorization: string, request: SignedRequest): SignedParts {
  const groups = authorizationPattern.exec(authorization)?.groups
  if (groups === undefined) throw new SignatureRefusal(400, 'InvalidArgument', 'Unsupported Authorization Type')
  const date = request.headers['x-amz-date']
  return {
    kind: 'header',
    ...readScope(
      groups['credential'] ?? '',
      (message) => new SignatureRefusal(400, 'AuthorizationHeaderMalformed', message),
    ),
    ...readDate(typeof date === 'string' ? date : undefined),
    signedHeaders: (groups['headers'] ?? '').split(';'),
    signature: groups['signature'] ?? '',
    expiresSeconds: 0,
  }
}

function readScope(credential: string, refuse: (message: string) => SignatureRefusal) {
  // An access key id may itself contain slashes: count from the end.
  const parts = credential.split('/')
  const [day, region, service, terminator] = parts.slice(-4)
  const accessKeyId = parts.slice(0, -4).join('/')
  if (accessKeyId === '' || terminator !== 'aws4_request' || !day || !region || !service) {
    throw refuse(
      'Error parsing the Credential; it must be in the form "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    )
  }
  return { accessKeyId, day, region, service }
}

function readDate(text: string | undefined) {
  const digits = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '')
  const [, year, month, day, hour, minute, second] = digits ?? []
  const signedAtMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (text === undefined || Number.isNaN(signedAtMs)) {
    throw new SignatureRefusal(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header')
  }
  return { dateText: text, signedAtMs }
}
