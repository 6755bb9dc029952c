// GET and HEAD of an object: conditions, one byte range, and what the client asked to have changed in the headers.
import { parseByteRange } from '../http/parse-byte-range.ts'
import { cutPieces } from './blob-files.ts'
import { isReadWanted } from './check-preconditions.ts'
import { describeChecksums } from './checksums.ts'
import type { StoredObject } from './object-store.ts'
import { quoteEtag, type S3Call } from './s3-call.ts'
import { noSuchKey, S3Error } from './s3-error.ts'
import { sendBytes } from './send-bytes.ts'

const overridable = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
] as const

export async function readObject(call: S3Call): Promise<void> {
  const { store } = call.services
  const object = store.find(call.bucket.name, call.key)
  if (object === null) throw noSuchKey()
  const headers = describeObject(object, call)
  if (!isReadWanted(call.headers, object)) {
    call.response.writeHead(304, headers).end()
    return
  }
  const range = parseByteRange(call.headers['range'], object.size)
  if (range === 'unsatisfiable') {
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
      details: { RangeRequested: call.headers['range'] ?? '', ActualObjectSize: String(object.size) },
      headers: { 'content-range': `bytes */${object.size}` },
    })
  }
  const { start, end } = range ?? { start: 0, end: object.size - 1 }
  if (range !== null) headers['content-range'] = `bytes ${start}-${end}/${object.size}`
  else if (call.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED') {
    Object.assign(headers, describeChecksums(object.checksums, object.checksumType))
  }
  headers['content-length'] = String(end - start + 1)
  const pieces = call.method === 'HEAD' ? [] : store.files.open(cutPieces(object.pieces, start, end))
  call.response.writeHead(range === null ? 200 : 206, headers)
  await sendBytes(call.response, pieces)
}

function describeObject(object: StoredObject, call: S3Call): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'binary/octet-stream',
    ...object.system,
    etag: quoteEtag(object.etag),
    'last-modified': new Date(object.modifiedMs).toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
  }
  for (const [name, value] of Object.entries(object.metadata)) headers[`x-amz-meta-${name}`] = value
  for (const name of overridable) {
    const value = call.query.get(`response-${name}`)
    if (value !== undefined) headers[name] = value
  }
  return headers
}
