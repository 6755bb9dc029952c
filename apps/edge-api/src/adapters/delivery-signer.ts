// Signs the reading of an item: one CloudFront custom policy covers everything under `v/<media id>/`. Signatures are
// made per time bucket and remembered, so that an item keeps its URL for the bucket's length and caches can hit.
// ECDSA signatures differ each time they are made: remembering is what keeps a URL the same, within one isolate.
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { Delivery } from '@shoebox/shared/media/derivatives.ts'
import { viewFolder } from '@shoebox/shared/upload/object-keys.ts'
import { toBase64 } from './base64.ts'
import { derSignature } from './der-signature.ts'

export type DeliverySettings = {
  /** Origin of the delivery front, without a slash at the end. */
  readonly mediaOrigin: string
  readonly keyPairId: string
  readonly bucketSeconds: number
}

/** A signature lives for three buckets from its bucket's start: two whole ones remain when the bucket ends. */
const lifetimeBuckets = 3

const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const
const encoder = new TextEncoder()

/** About 600 bytes each. */
const rememberedMax = 5_000

export type SignDelivery = (mediaId: MediaId, generation: string) => Promise<Delivery>

/**
 * @param privateKey EC P-256, for signing
 * @param nowMs a clock per call, since the signer outlives a request and remembers across them
 */
export function makeDeliverySigner(
  settings: DeliverySettings,
  privateKey: CryptoKey,
): (nowMs: () => number) => SignDelivery {
  const remembered = new Map<string, Signed>()
  return (nowMs) => async (mediaId, generation) => {
    const bucketMs = settings.bucketSeconds * 1000
    const bucket = Math.floor(nowMs() / bucketMs)
    const known = remembered.get(mediaId)
    let signed = known
    if (signed?.bucket !== bucket) {
      signed = await signItem(settings, privateKey, mediaId, bucket)
      remembered.delete(mediaId)
      remembered.set(mediaId, signed)
      const oldest = remembered.size > rememberedMax ? remembered.keys().next().value : undefined
      if (oldest !== undefined) remembered.delete(oldest)
    }
    const { query, expiresAt } = signed
    return { base: `${settings.mediaOrigin}/${viewFolder(mediaId, generation)}`, query, expiresAt }
  }
}

type Signed = { readonly bucket: number; readonly query: string; readonly expiresAt: string }

async function signItem(
  { mediaOrigin, keyPairId, bucketSeconds }: DeliverySettings,
  privateKey: CryptoKey,
  mediaId: MediaId,
  bucket: number,
): Promise<Signed> {
  const expiresAtSeconds = (bucket + lifetimeBuckets) * bucketSeconds
  const query = await signResource({ keyPairId }, privateKey, `${mediaOrigin}/v/${mediaId}/*`, expiresAtSeconds)
  return { bucket, query, expiresAt: new Date(expiresAtSeconds * 1000).toISOString() }
}

type SignFolder = (folder: string, seconds: number) => Promise<Delivery>

/**
 * Signs the reading of everything in one folder for a while, anew each time: for the few who judge, and never for what
 * pages are made of.
 * @param folder without a slash at its end
 */
export function makeFolderSigner(
  settings: DeliverySettings,
  privateKey: CryptoKey,
): (nowMs: () => number) => SignFolder {
  return (nowMs) => async (folder, seconds) => {
    const base = `${settings.mediaOrigin}/${folder}`
    const expiresAtSeconds = Math.floor(nowMs() / 1000) + seconds
    const query = await signResource(settings, privateKey, `${base}/*`, expiresAtSeconds)
    return { base, query, expiresAt: new Date(expiresAtSeconds * 1000).toISOString() }
  }
}

/** How long one object that somebody asked for can be read. */
const objectLifetimeSeconds = 15 * 60

/** Signs the reading of one object, such as a file to download, and of nothing beside it. */
export function makeObjectSigner(
  settings: DeliverySettings,
  privateKey: CryptoKey,
): (nowMs: () => number) => (key: string) => Promise<string> {
  return (nowMs) => async (key) => {
    const url = `${settings.mediaOrigin}/${key}`
    const expiresAtSeconds = Math.floor(nowMs() / 1000) + objectLifetimeSeconds
    return `${url}?${await signResource(settings, privateKey, url, expiresAtSeconds)}`
  }
}

/**
 * Signs the reading of one object as a file to save. S3 sends the disposition that stands in the query, and the
 * signature covers it: nobody can make the answer anything but an attachment. It lives as long as any other signature,
 * since whoever loses access must lose this too.
 */
export function makeDownloadSigner(
  settings: DeliverySettings,
  privateKey: CryptoKey,
): (nowMs: () => number) => (key: string, disposition: string) => Promise<{ url: string; expiresAt: string }> {
  return (nowMs) => async (key, disposition) => {
    // What encodeURIComponent leaves: a star in what is signed stands for anything, and browsers escape a quote.
    const named = encodeURIComponent(disposition).replaceAll(/['*]/g, (sign) => (sign === '*' ? '%2A' : '%27'))
    const url = `${settings.mediaOrigin}/${key}?${dispositionParameter}=${named}`
    const expiresAtSeconds = Math.floor(nowMs() / 1000) + lifetimeBuckets * settings.bucketSeconds
    const query = await signResource(settings, privateKey, url, expiresAtSeconds)
    return { url: `${url}&${query}`, expiresAt: new Date(expiresAtSeconds * 1000).toISOString() }
  }
}

const dispositionParameter = 'response-content-disposition'

/** @param resource an address; a star stands for anything */
async function signResource(
  { keyPairId }: Pick<DeliverySettings, 'keyPairId'>,
  privateKey: CryptoKey,
  resource: string,
  expiresAtSeconds: number,
): Promise<string> {
  // CloudFront hashes these very bytes: no spaces, this order. ASCII only, as origins and ids are.
  const policy = JSON.stringify({
    Statement: [
      {
        Resource: resource,
        Condition: { DateLessThan: { 'AWS:EpochTime': expiresAtSeconds } },
      },
    ],
  })
  const raw = await crypto.subtle.sign(algorithm, privateKey, encoder.encode(policy))
  return [
    `Policy=${escapeForCloudFront(btoa(policy))}`,
    `Signature=${escapeForCloudFront(toBase64(derSignature(new Uint8Array(raw))))}`,
    `Key-Pair-Id=${keyPairId}`,
    'Hash-Algorithm=SHA256',
  ].join('&')
}

/** CloudFront's own alphabet, which needs no escaping in a query. */
const escapeForCloudFront = (base64: string): string =>
  base64.replaceAll('+', '-').replaceAll('=', '_').replaceAll('/', '~')

/** Reads the PEM of a PKCS#8 private key, as openssl and Pulumi write it. */
export async function importDeliveryKey(pem: string): Promise<CryptoKey> {
  const base64 = pem.replaceAll(/-----[^-]+-----|\s|\\n/g, '')
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  return await crypto.subtle.importKey('pkcs8', bytes, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
}
