// ListObjectsV2: pages of keys in S3's order, with everything after a delimiter folded into one common prefix.
import type { StoredObject } from './object-store.ts'
import { answerXml, quoteEtag, type S3Call } from './s3-call.ts'
import { invalidArgument } from './s3-error.ts'
import { element, s3Namespace } from './xml.ts'

const pageMax = 1000

type Entry = { kind: 'object'; name: string; object: StoredObject } | { kind: 'prefix'; name: string }

export function listObjects(call: S3Call): void {
  const { query } = call
  const wanted = query.get('max-keys') ?? String(pageMax)
  if (!/^\d+$/.test(wanted)) throw invalidArgument('Provided max-keys not an integer or within integer range')
  const size = Math.min(pageMax, Number(wanted))
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after')
  const after = token === undefined ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString()
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''

  const { entries, isTruncated } = collect(call, { prefix, delimiter, after, size })
  const isUrlEncoded = query.get('encoding-type') === 'url'
  const encode = (text: string) => (isUrlEncoded ? encodeListedKey(text) : text)
  const last = entries.at(-1)
  answerXml(
    call,
    [
      `<ListBucketResult ${s3Namespace}>`,
      element('Name', call.bucket.name),
      element('Prefix', encode(prefix)),
      element('KeyCount', entries.length),
      element('MaxKeys', size),
      element('Delimiter', delimiter === '' ? null : encode(delimiter)),
      element('EncodingType', isUrlEncoded ? 'url' : null),
      element('ContinuationToken', token),
      element('StartAfter', startAfter === undefined ? null : encode(startAfter)),
      element('NextContinuationToken', isTruncated ? Buffer.from(last?.name ?? '').toString('base64url') : null),
      element('IsTruncated', isTruncated),
      ...entries.map((entry) => writeEntry(entry, encode)),
      '</ListBucketResult>',
    ].join(''),
  )
}

function collect(
  call: S3Call,
  { prefix, delimiter, after, size }: { prefix: string; delimiter: string; after: string; size: number },
): { entries: Entry[]; isTruncated: boolean } {
  const { store } = call.services
  const entries: Entry[] = []
  let position = after
  for (;;) {
    const objects = store.list(call.bucket.name, prefix, position, pageMax)
    for (const object of objects) {
      if (!object.key.startsWith(prefix)) return { entries, isTruncated: false }
      position = object.key
      const entry = foldIntoPrefix(object, prefix, delimiter)
      // A common prefix is listed once, also when the page before ended with it.
      const isListed = entry.kind === 'prefix' && (entry.name === entries.at(-1)?.name || entry.name === after)
      if (isListed) continue
      if (entries.length >= size) return { entries, isTruncated: size > 0 }
      entries.push(entry)
    }
    if (objects.length < pageMax) return { entries, isTruncated: false }
  }
}

function foldIntoPrefix(object: StoredObject, prefix: string, delimiter: string): Entry {
  const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length)
  if (end < 0) return { kind: 'object', name: object.key, object }
  return { kind: 'prefix', name: object.key.slice(0, end + delimiter.length) }
}

function writeEntry(entry: Entry, encode: (text: string) => string): string {
  if (entry.kind === 'prefix') return `<CommonPrefixes>${element('Prefix', encode(entry.name))}</CommonPrefixes>`
  const { object } = entry
  return [
    '<Contents>',
    element('Key', encode(object.key)),
    element('LastModified', new Date(object.modifiedMs).toISOString()),
    element('ETag', quoteEtag(object.etag)),
    element('Size', object.size),
    element('StorageClass', 'STANDARD'),
    '</Contents>',
  ].join('')
}

function encodeListedKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
