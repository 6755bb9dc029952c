// Multipart uploads: begin, send or copy parts, list them, abort, complete.
import { checkWriteConditions } from './check-preconditions.ts'
import { defaultAlgorithm, readAlgorithm } from './checksums.ts'
import { copyPieces } from './copy-pieces.ts'
import { findCopySource } from './object-routes.ts'
import { checkContentLength, receiveFile, receiveSmallBody, type Received } from './receive-body.ts'
import { answerEmpty, answerXml, eventsOf, quoteEtag, readObjectHeaders, type S3Call } from './s3-call.ts'
import { invalidArgument, noSuchUpload, notImplemented, S3Error } from './s3-error.ts'
import { planParts, sumParts } from './sum-parts.ts'
import type { Part, Upload } from './upload-store.ts'
import { element, readXmlList, s3Namespace } from './xml.ts'

const partNumberMax = 10_000

export async function handleMultipart(call: S3Call): Promise<void> {
  if (call.method === 'POST' && call.query.has('uploads')) return beginUpload(call)
  const uploadId = call.query.get('uploadId') ?? ''
  if (call.method === 'POST') return completeUpload(call, uploadId)
  const upload = call.services.uploads.find(call.bucket.name, call.key, uploadId)
  if (upload === null) throw noSuchUpload(uploadId)
  if (call.method === 'PUT') return putPart(call, upload)
  if (call.method === 'GET') return listParts(call, upload)
  if (call.method !== 'DELETE') throw notImplemented(call.method)
  call.services.uploads.drop(upload)
  answerEmpty(call, 204)
}

async function beginUpload(call: S3Call): Promise<void> {
  await receiveSmallBody(call.body)
  const named = call.headers['x-amz-checksum-algorithm']
  const algorithm = readAlgorithm(named)
  if (named !== undefined && algorithm === null) {
    throw new S3Error(400, 'InvalidRequest', 'Checksum algorithm provided is unsupported.')
  }
  const isWholeByDefault = algorithm === null || algorithm === 'crc64nvme'
  const type = call.headers['x-amz-checksum-type']?.toUpperCase() ?? (isWholeByDefault ? 'FULL_OBJECT' : 'COMPOSITE')
  const upload = call.services.uploads.begin({
    bucket: call.bucket.name,
    key: call.key,
    algorithm,
    checksumType: type === 'COMPOSITE' ? 'COMPOSITE' : 'FULL_OBJECT',
    ...readObjectHeaders(call.headers),
  })
  answerXml(
    call,
    `<InitiateMultipartUploadResult ${s3Namespace}>${element('Bucket', upload.bucket)}${element('Key', upload.key)}${element(
      'UploadId',
      upload.id,
    )}</InitiateMultipartUploadResult>`,
    algorithm === null
      ? {}
      : { 'x-amz-checksum-algorithm': algorithm.toUpperCase(), 'x-amz-checksum-type': upload.checksumType },
  )
}

async function putPart(call: S3Call, upload: Upload): Promise<void> {
  const number = Number(call.query.get('partNumber'))
  if (!Number.isInteger(number) || number < 1 || number > partNumberMax) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive')
  }
  const isCopy = call.headers['x-amz-copy-source'] !== undefined
  const { pieces, size, etag, checksums } = await (isCopy ? copyRange : receivePart)(call, upload)
  const part = call.services.uploads.putPart(upload, { number, pieces, size, etag, checksums })
  if (part === null) throw noSuchUpload(upload.id)
  const sum = upload.algorithm === null ? undefined : checksums[upload.algorithm]
  if (!isCopy) {
    const sumHeader = sum === undefined ? {} : { [`x-amz-checksum-${upload.algorithm}`]: sum }
    return answerEmpty(call, 200, { etag: quoteEtag(etag), ...sumHeader })
  }
  answerXml(
    call,
    `<CopyPartResult ${s3Namespace}>${element('LastModified', new Date(part.modifiedMs).toISOString())}${element(
      'ETag',
      quoteEtag(etag),
    )}${writeChecksum(upload, part)}</CopyPartResult>`,
  )
}

function receivePart(call: S3Call, upload: Upload): Promise<Received> {
  checkContentLength(call.request)
  return receiveFile(call.body, call.services.store.files, upload.algorithm ?? defaultAlgorithm)
}

function copyRange(call: S3Call, upload: Upload): Promise<Received> {
  const source = findCopySource(call)
  const header = call.headers['x-amz-copy-source-range']
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(header ?? `bytes=0-${Math.max(0, source.size - 1)}`) ?? []
  const isInside = Number(start) <= Number(end) && (Number(end) < source.size || header === undefined)
  if (start === undefined || end === undefined || !isInside) {
    throw invalidArgument('The x-amz-copy-source-range value must be of the form bytes=first-last within the source')
  }
  return copyPieces(call.services.store, source, upload.algorithm ?? defaultAlgorithm, Number(start), Number(end))
}

function listParts(call: S3Call, upload: Upload): void {
  const size = Math.min(1000, Number(call.query.get('max-parts') ?? 1000))
  const after = Number(call.query.get('part-number-marker') ?? 0)
  const left = call.services.uploads.parts(upload.id).filter(({ number }) => number > after)
  const page = left.slice(0, size)
  answerXml(
    call,
    [
      `<ListPartsResult ${s3Namespace}>`,
      element('Bucket', upload.bucket),
      element('Key', upload.key),
      element('UploadId', upload.id),
      element('PartNumberMarker', after),
      element('NextPartNumberMarker', page.at(-1)?.number ?? 0),
      element('MaxParts', size),
      element('IsTruncated', left.length > page.length),
      ...page.map((part) => writePart(upload, part)),
      element('StorageClass', 'STANDARD'),
      '</ListPartsResult>',
    ].join(''),
  )
}

function writePart(upload: Upload, part: Part): string {
  const fields = [
    element('PartNumber', part.number),
    element('LastModified', new Date(part.modifiedMs).toISOString()),
    element('ETag', quoteEtag(part.etag)),
    element('Size', part.size),
    writeChecksum(upload, part),
  ]
  return `<Part>${fields.join('')}</Part>`
}

function writeChecksum(upload: Upload, part: Part): string {
  return upload.algorithm === null
    ? ''
    : element(`Checksum${upload.algorithm.toUpperCase()}`, part.checksums[upload.algorithm])
}

async function completeUpload(call: S3Call, uploadId: string): Promise<void> {
  const { store, uploads } = call.services
  const body = await receiveSmallBody(call.body)
  const known = uploads.findAnswer(call.bucket.name, call.key, uploadId)
  if (known !== null) return answerXml(call, known)
  const upload = uploads.find(call.bucket.name, call.key, uploadId)
  if (upload === null) throw noSuchUpload(uploadId)
  const { items } = readXmlList(body, 'CompleteMultipartUpload', 'Part')
  const plan = () => planParts(upload, uploads.parts(upload.id), items)
  const find = () => store.find(call.bucket.name, call.key)
  checkWriteConditions(call.headers, find())

  const joined = await sumParts(upload, plan(), store.files)
  const algorithm = upload.algorithm ?? defaultAlgorithm
  const declared = call.headers[`x-amz-checksum-${algorithm}`]
  if (declared !== undefined && declared !== joined.checksums[algorithm]) {
    const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`
    throw new S3Error(400, 'BadDigest', message)
  }
  // From here to the end nothing is awaited: two completions, or an abort, cannot come in between.
  if (uploads.find(call.bucket.name, call.key, uploadId) === null) throw noSuchUpload(uploadId)
  checkWriteConditions(call.headers, find())
  // One that was sent again meanwhile has the same content, or is refused here; its first file is gone.
  const parts = plan()
  const pieces = parts.flatMap((part) => part.pieces)
  const unused = uploads.parts(upload.id).filter(({ number }) => !parts.some((part) => part.number === number))
  const { system, metadata, checksumType, bucket, key, initiatedMs } = upload
  const answer = [
    `<CompleteMultipartUploadResult ${s3Namespace}>`,
    element('Location', `http://${call.request.headers.host}/${bucket}/${encodeURIComponent(key)}`),
    element('Bucket', bucket),
    element('Key', key),
    element('ETag', quoteEtag(joined.etag)),
    element(`Checksum${algorithm.toUpperCase()}`, joined.checksums[algorithm]),
    element('ChecksumType', checksumType),
    '</CompleteMultipartUploadResult>',
  ].join('')
  store.put(
    { bucket, key, checksumType, system, metadata, createdMs: initiatedMs, ...joined, pieces },
    (written) => eventsOf(call, 'ObjectCreated:CompleteMultipartUpload', written),
    () => uploads.settle(upload, answer),
  )
  for (const part of unused) store.files.remove(part.pieces)
  call.services.wakeOutbox()
  answerXml(call, answer)
}
