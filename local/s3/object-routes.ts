// What can be done with one object: write, copy, read, delete.
import { createReadStream, linkSync, rmSync } from 'node:fs'
import { defaultAlgorithm, describeChecksums, readAlgorithm, type ChecksumAlgorithm } from './checksums.ts'
import { checkCopySourceConditions, checkDeleteConditions, checkWriteConditions } from './check-preconditions.ts'
import type { NewObject, ObjectHeaders, StoredObject } from './object-store.ts'
import { readObject } from './read-object.ts'
import { checkContentLength, receiveCopy, receiveFile, type ReceivedFile } from './receive-body.ts'
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
  const received = await receiveFile(call.body, store.temporaryPath(), defaultAlgorithm)
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
  { path, size, md5Hex: etag, checksums }: ReceivedFile,
  headers: ObjectHeaders,
  event: 'ObjectCreated:Put' | 'ObjectCreated:Copy',
): StoredObject {
  const { store } = call.services
  const { name: bucket } = call.bucket
  const { key } = call
  const { system, metadata } = headers
  try {
    checkWriteConditions(call.headers, store.find(bucket, key))
    const object: NewObject = { bucket, key, size, etag, checksums, checksumType: 'FULL_OBJECT', system, metadata }
    const stored = store.put(object, path, (written) => eventsOf(call, event, written))
    call.services.wakeOutbox()
    return stored
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  }
}

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
  const copied = await copyBytes(call, source)
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

/** A copy is one whole object, whatever its source was: checksum and ETag are of all its bytes. */
async function copyBytes(call: S3Call, source: StoredObject): Promise<ReceivedFile> {
  const { store } = call.services
  const kept = readAlgorithm(Object.keys(source.checksums)[0])
  const algorithm: ChecksumAlgorithm =
    readAlgorithm(call.headers['x-amz-checksum-algorithm']) ?? kept ?? defaultAlgorithm
  const path = store.temporaryPath()
  const isWhole = source.checksumType === 'FULL_OBJECT' && !source.etag.includes('-')
  if (isWhole && source.checksums[algorithm] !== undefined) {
    // Bytes never change in place, so the copy may share its source's file.
    linkSync(store.bytesPath(source.id), path)
    return { path, size: source.size, md5Hex: source.etag, checksums: source.checksums }
  }
  return receiveCopy(createReadStream(store.bytesPath(source.id)), path, algorithm)
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
