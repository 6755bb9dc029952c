// What can be done with one object: write, copy, read, delete.
import { defaultAlgorithm, describeChecksums, readAlgorithm, type ChecksumAlgorithm } from './checksums.ts'
import { checkCopySourceConditions, checkDeleteConditions, checkWriteConditions } from './check-preconditions.ts'
import { copyPieces } from './copy-pieces.ts'
import type { NewObject, ObjectHeaders, StoredObject } from './object-store.ts'
import { readObject } from './read-object.ts'
import { checkContentLength, receiveFile, type Received } from './receive-body.ts'
import { answerEmpty, answerXml, eventsOf, quoteEtag, readObjectHeaders, type S3Call } from './s3-call.ts'
import { invalidArgument, noSuchKey, notImplemented, S3Error } from './s3-error.ts'
import { element, s3Namespace } from './xml.ts'

export async function handleObject(call: S3Call): Promise<void> {
  if (['acl', 'tagging', 'retention', 'legal-hold', 'torrent', 'attributes'].some((name) => call.query.has(name))) {
    throw notImplemented([...call.query.keys()].join(', '))
  }
  if (call.method === 'GET' || call.method === 'HEAD') return readObject(call)
  if (call.method === 'DELETE') return deleteObject(call)
  if (call.method !== 'PUT') throw notImplemented(call.method)
  return call.headers['x-amz-copy-source'] === undefined ? putObject(call) : copyObject(call)
}

async function putObject(call: S3Call): Promise<void> {
  const { store } = call.services
  checkContentLength(call.request)
  checkWriteConditions(call.headers, store.find(call.bucket.name, call.key))
  const received = await receiveFile(call.body, store.files, defaultAlgorithm)
  const object = finishWrite(call, received, readObjectHeaders(call.headers), 'ObjectCreated:Put')
  answerEmpty(call, 200, {
    etag: quoteEtag(object.etag),
    'x-amz-server-side-encryption': 'AES256',
    ...describeChecksums(object.checksums, object.checksumType),
  })
}

/** Makes received bytes the object, in one tick with the last check of the conditions. */
function finishWrite(
  call: S3Call,
  { pieces, size, etag, checksums }: Received,
  headers: ObjectHeaders,
  event: 'ObjectCreated:Put' | 'ObjectCreated:Copy',
): StoredObject {
  const { store } = call.services
  const { name: bucket } = call.bucket
  const { key } = call
  const { system, metadata } = headers
  try {
    checkWriteConditions(call.headers, store.find(bucket, key))
    const sums = { etag, checksums, checksumType: 'FULL_OBJECT' } as const
    const object: NewObject = { bucket, key, pieces, size, ...sums, system, metadata }
    const stored = store.put(object, (written) => eventsOf(call, event, written))
    call.services.wakeOutbox()
    return stored
  } catch (error) {
    store.files.remove(pieces)
    throw error
  }
}

const findAlgorithm = ({ checksums }: StoredObject): ChecksumAlgorithm | null =>
  readAlgorithm(Object.keys(checksums)[0])

/** The object that x-amz-copy-source names. */
export function findCopySource(call: S3Call): StoredObject {
  const text = decodeURIComponent((call.headers['x-amz-copy-source'] ?? '').replace(/\+/g, ' '))
  const [, bucketName, key] = /^\/?([^/]+)\/(.+?)(?:\?versionId=.*)?$/s.exec(text) ?? []
  if (bucketName === undefined || key === undefined) throw invalidArgument('Copy Source must mention bucket and key')
  if (call.services.findBucket(bucketName) === null) {
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist')
  }
  const source = call.services.store.find(bucketName, key)
  if (source === null) throw noSuchKey()
  checkCopySourceConditions(call.headers, source)
  return source
}

async function copyObject(call: S3Call): Promise<void> {
  const source = findCopySource(call)
  const isReplacing = call.headers['x-amz-metadata-directive']?.toUpperCase() === 'REPLACE'
  if (source.bucket === call.bucket.name && source.key === call.key && !isReplacing) {
    const message = 'This copy request is illegal because it is trying to copy an object to itself without changing it.'
    throw new S3Error(400, 'InvalidRequest', message)
  }
  const algorithm = readAlgorithm(call.headers['x-amz-checksum-algorithm']) ?? findAlgorithm(source) ?? defaultAlgorithm
  const copied = await copyPieces(call.services.store, source, algorithm)
  const headers = isReplacing ? readObjectHeaders(call.headers) : source
  const object = finishWrite(call, copied, headers, 'ObjectCreated:Copy')
  const sums = Object.entries(object.checksums).map(([name, sum]) => element(`Checksum${name.toUpperCase()}`, sum))
  answerXml(
    call,
    `<CopyObjectResult ${s3Namespace}>${element('LastModified', new Date(object.modifiedMs).toISOString())}${element(
      'ETag',
      quoteEtag(object.etag),
    )}${sums.join('')}${element('ChecksumType', object.checksumType)}</CopyObjectResult>`,
  )
}

function deleteObject(call: S3Call): void {
  checkDeleteConditions(call.headers, call.services.store.find(call.bucket.name, call.key))
  removeObject(call, call.key)
  answerEmpty(call, 204)
}

/** Deleting what is not there succeeds as well, without an event. */
export function removeObject(call: S3Call, key: string): void {
  const isRemoved = call.services.store.remove(call.bucket.name, key, () =>
    eventsOf(call, 'ObjectRemoved:Delete', { key }),
  )
  if (isRemoved) call.services.wakeOutbox()
}
