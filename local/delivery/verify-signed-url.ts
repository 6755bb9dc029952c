// Decides as CloudFront does whether a signed URL opens a resource: a custom policy, signed with ECDSA P-256, that
// names the resource by a pattern and has not ended.
import { verify, type KeyObject } from 'node:crypto'

export type SigningKeys = ReadonlyMap<string, KeyObject>

export type Verdict =
  | 'open'
  | 'missing_parameter'
  | 'unknown_key'
  | 'bad_signature'
  | 'bad_policy'
  | 'wrong_resource'
  | 'expired'

/** @param url the whole URL that was asked for, with the origin that visitors use */
export function verifySignedUrl(url: URL, keys: SigningKeys, nowMs: number): Verdict {
  const policyText = url.searchParams.get('Policy')
  const signature = url.searchParams.get('Signature')
  const keyPairId = url.searchParams.get('Key-Pair-Id')
  if (policyText === null || signature === null || keyPairId === null) return 'missing_parameter'
  if (url.searchParams.get('Hash-Algorithm') !== 'SHA256') return 'missing_parameter'
  const key = keys.get(keyPairId)
  if (key === undefined) return 'unknown_key'
  const policyBytes = fromCloudFrontBase64(policyText)
  if (!verify('sha256', policyBytes, key, fromCloudFrontBase64(signature))) return 'bad_signature'
  const policy = readPolicy(policyBytes)
  if (policy === null) return 'bad_policy'
  if (!matches(policy.resource, resourceOf(url))) return 'wrong_resource'
  return nowMs / 1000 < policy.expiresAtSeconds ? 'open' : 'expired'
}

const own = /^(Policy|Signature|Key-Pair-Id|Hash-Algorithm)=/

/** What a policy names: the address with its query, letter for letter, but for the parameters of the signature. */
function resourceOf(url: URL): string {
  const query = url.search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !own.test(parameter))
  return `${url.origin}${url.pathname}${query.length === 0 ? '' : `?${query.join('&')}`}`
}

const fromCloudFrontBase64 = (text: string): Buffer =>
  Buffer.from(text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64')

type Policy = { readonly resource: string; readonly expiresAtSeconds: number }

function readPolicy(bytes: Buffer): Policy | null {
  try {
    const { Statement } = JSON.parse(bytes.toString('utf8')) as { Statement: PolicyStatement[] }
    const [statement, ...more] = Statement
    const expiresAtSeconds = statement?.Condition.DateLessThan['AWS:EpochTime']
    if (statement === undefined || more.length > 0 || typeof expiresAtSeconds !== 'number') return null
    return { resource: statement.Resource, expiresAtSeconds }
  } catch {
    return null
  }
}

type PolicyStatement = { Resource: string; Condition: { DateLessThan: { 'AWS:EpochTime': number } } }

/** `*` stands for any characters, `?` for one. */
function matches(pattern: string, resource: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(resource)
}
