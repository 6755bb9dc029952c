// One object of the parts a client lists: checks the list and works out what the object will be. The bytes stay where
// they are.
import { readPieces, type BlobFiles } from './blob-files.ts'
import { createHasher, defaultAlgorithm } from './checksums.ts'
import { tagParts } from './etag.ts'
import { unquoteEtag } from './s3-call.ts'
import { S3Error } from './s3-error.ts'
import type { Part, Upload } from './upload-store.ts'

/** Every part but the last must have at least this many bytes. */
const partBytesMin = 5 * 1024 * 1024

/** Returns the parts in the order listed, or throws why the list cannot become an object. */
export function planParts(upload: Upload, stored: readonly Part[], listed: readonly Record<string, string>[]): Part[] {
  const numbers = listed.map((item) => Number(item['PartNumber']))
  if (!numbers.every((number, index) => number > (numbers[index - 1] ?? 0))) {
    const message = 'The list of parts was not in ascending order. The parts list must be specified in order.'
    throw new S3Error(400, 'InvalidPartOrder', message)
  }
  return listed.map((item, index) => {
    const number = Number(item['PartNumber'])
    const part = stored.find((candidate) => candidate.number === number)
    const sum = upload.algorithm === null ? undefined : item[`Checksum${upload.algorithm.toUpperCase()}`]
    const isSumWrong = sum !== undefined && upload.algorithm !== null && sum !== part?.checksums[upload.algorithm]
    if (part === undefined || part.etag !== unquoteEtag(item['ETag'] ?? '') || isSumWrong) {
      const message = 'One or more of the specified parts could not be found, or its entity tag does not match.'
      throw new S3Error(400, 'InvalidPart', message, { details: { UploadId: upload.id, PartNumber: String(number) } })
    }
    if (index < listed.length - 1 && part.size < partBytesMin) {
      throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
        details: { ProposedSize: String(part.size), MinSizeAllowed: String(partBytesMin), PartNumber: String(number) },
      })
    }
    return part
  })
}

/** What the object will be. Only a sum of all its bytes, where one is wanted, takes reading them. */
export async function sumParts(upload: Upload, parts: readonly Part[], files: BlobFiles) {
  const algorithm = upload.algorithm ?? defaultAlgorithm
  const sum = createHasher(algorithm)
  const isWhole = upload.checksumType === 'FULL_OBJECT'
  const readAll = () => readPieces(files.open(parts.flatMap(({ pieces }) => pieces)))
  if (isWhole) for await (const bytes of readAll()) sum.update(bytes)
  else for (const part of parts) sum.update(Buffer.from(part.checksums[algorithm] ?? '', 'base64'))
  const checksum = isWhole ? await sum.finish() : `${await sum.finish()}-${parts.length}`
  return {
    size: parts.reduce((total, part) => total + part.size, 0),
    etag: tagParts(parts.map(({ etag }) => etag)),
    checksums: { [algorithm]: checksum },
  }
}
