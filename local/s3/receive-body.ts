// Takes a request's body: hashes it on its way in and, at its end, checks everything the client declared about it.
// Nothing becomes an object before `receive…` has returned.
import { createHash } from 'node:crypto'
import { closeSync, openSync, rmSync, writevSync, writev } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import type { BlobFiles, Piece } from './blob-files.ts'
import { checksumAlgorithms, createHasher, readAlgorithm, type ChecksumAlgorithm, type Checksums } from './checksums.ts'
import { AwsChunkedDecoder } from './decode-aws-chunked.ts'
import { tagContent } from './etag.ts'
import { invalidArgument, notImplemented, S3Error } from './s3-error.ts'

export type Received = { pieces: Piece[]; size: number; etag: string; checksums: Checksums }

export type BodySource = {
  request: IncomingMessage
  /** What the signature says of the body. */
  payloadHash: string
}

/** Stores the body in a file of its own. `fallback` is the checksum to keep when the client declares none. */
export async function receiveFile(
  source: BodySource,
  files: BlobFiles,
  fallback: ChecksumAlgorithm,
): Promise<Received> {
  const { stream, trailers } = openBody(source)
  const inspector = inspectBody(source, trailers, fallback)
  const file = files.newFile()
  try {
    await writeFile(stream, files.pathOf(file), inspector.update)
    const received = await inspector.finish()
    return { pieces: [{ file, start: 0, bytes: received.size }], ...received }
  } catch (error) {
    rmSync(files.pathOf(file), { force: true })
    throw isCutOff(error)
      ? new S3Error(400, 'RequestTimeout', 'The connection was closed before the body ended')
      : error
  }
}

const isCutOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'].includes(String(error.code))

/** What arrives comes in pieces of at most 64 KB, and a write of its own for each costs more than its hashes. */
const writeBytes = 1024 * 1024

const writeAside = promisify(writev)

async function writeFile(stream: Readable, path: string, update: (chunk: Buffer) => void): Promise<void> {
  const file = openSync(path, 'w')
  try {
    let gathered: Buffer[] = []
    let bytes = 0
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue
      update(chunk)
      gathered.push(chunk)
      bytes += chunk.length
      if (bytes < writeBytes) continue
      await writeAside(file, gathered)
      gathered = []
      bytes = 0
    }
    // What is left is little: to have another thread write it takes longer than writing it.
    if (bytes > 0) writevSync(file, gathered)
  } finally {
    closeSync(file)
  }
}

/** Reads a small XML body. Checksum headers there may describe the finished object, not this body: not checked. */
export async function receiveSmallBody(source: BodySource, bytesMax = 2 * 1024 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of openBody(source).stream) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > bytesMax) throw new S3Error(400, 'MaxMessageLengthExceeded', 'Your request was too big.')
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  if (isSha256Hex(source.payloadHash) && sha256Hex(body) !== source.payloadHash) throw contentHashMismatch()
  return body
}

/** Sums bytes that are already here (a copy), as if they had been sent. */
export async function sumBytes(bytes: AsyncIterable<Buffer>, algorithm: ChecksumAlgorithm) {
  const meter = createMeter(algorithm)
  for await (const chunk of bytes) meter.update(chunk)
  return meter.finish()
}

function openBody({ request, payloadHash }: BodySource): { stream: Readable; trailers: ReadonlyMap<string, string> } {
  if (!payloadHash.startsWith('STREAMING-')) return { stream: request, trailers: new Map() }
  if (payloadHash !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') throw notImplemented('signed chunks')
  const decoder = new AwsChunkedDecoder()
  request.on('error', (error) => decoder.destroy(error))
  return { stream: request.pipe(decoder), trailers: decoder.trailers }
}

function inspectBody(source: BodySource, trailers: ReadonlyMap<string, string>, fallback: ChecksumAlgorithm) {
  const { headers } = source.request
  const declared = readDeclaredChecksum(source.request)
  const trailing = readAlgorithm(String(headers['x-amz-trailer'] ?? '').replace('x-amz-checksum-', ''))
  const algorithm = declared?.algorithm ?? trailing ?? fallback
  const meter = createMeter(algorithm)
  const md5 = headers['content-md5'] === undefined ? null : createHash('md5')
  const sha256 = isSha256Hex(source.payloadHash) ? createHash('sha256') : null
  function update(chunk: Buffer): void {
    meter.update(chunk)
    md5?.update(chunk)
    sha256?.update(chunk)
  }

  async function finish() {
    const received = await meter.finish()
    const decodedLength = headers['x-amz-decoded-content-length']
    if (decodedLength !== undefined && Number(decodedLength) !== received.size) {
      const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header'
      throw new S3Error(400, 'IncompleteBody', message)
    }
    if (sha256 !== null && sha256.digest('hex') !== source.payloadHash) throw contentHashMismatch()
    if (md5 !== null) checkMd5(String(headers['content-md5']), md5.digest())
    const expected = declared?.sum ?? (trailing === null ? undefined : trailers.get(`x-amz-checksum-${trailing}`))
    if (trailing !== null && expected === undefined) {
      throw new S3Error(400, 'MalformedTrailerError', 'The request contained trailing data that was not well-formed.')
    }
    if (expected !== undefined && expected !== received.checksums[algorithm]) {
      const name = algorithm.toUpperCase()
      throw new S3Error(400, 'BadDigest', `The ${name} you specified did not match the calculated checksum.`)
    }
    return received
  }
  return { update, finish }
}

/** Only headers count: S3 ignores a checksum that a presigner moved into the query string. */
function readDeclaredChecksum(request: IncomingMessage): { algorithm: ChecksumAlgorithm; sum: string } | null {
  const found = checksumAlgorithms.flatMap((algorithm) => {
    const sum = request.headers[`x-amz-checksum-${algorithm}`]
    return typeof sum === 'string' ? [{ algorithm, sum }] : []
  })
  if (found.length > 1) {
    const message = 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.'
    throw new S3Error(400, 'InvalidRequest', message)
  }
  return found[0] ?? null
}

function createMeter(algorithm: ChecksumAlgorithm) {
  const hasher = createHasher(algorithm)
  let size = 0
  return {
    update(chunk: Buffer): void {
      size += chunk.length
      hasher.update(chunk)
    },
    async finish() {
      const checksums = { [algorithm]: await hasher.finish() }
      return { size, etag: tagContent(checksums, size), checksums }
    },
  }
}

function checkMd5(declared: string, md5: Buffer): void {
  const bytes = Buffer.from(declared, 'base64')
  if (bytes.length !== 16) throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.')
  if (!bytes.equals(md5)) {
    throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.')
  }
}

/** S3 wants to know a length before it takes anything, and takes at most 5 GiB in one request. */
export function checkContentLength(request: IncomingMessage): void {
  // A stream in chunks says what its bytes will come to.
  const length = request.headers['content-length'] ?? request.headers['x-amz-decoded-content-length']
  if (length === undefined) {
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.')
  }
  if (typeof length !== 'string' || !/^\d+$/.test(length)) throw invalidArgument('Content-Length is not a number')
  if (Number(length) > 5 * 1024 ** 3) {
    throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size')
  }
}

function contentHashMismatch(): S3Error {
  const message = "The provided 'x-amz-content-sha256' header does not match what was computed."
  return new S3Error(400, 'XAmzContentSHA256Mismatch', message)
}

function isSha256Hex(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

function sha256Hex(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
