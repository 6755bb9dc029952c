// The checksums S3 keeps beside an object, as it writes them: base64 of the big-endian digest.
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Crc64Nvme } from '@aws-sdk/crc64-nvme'

export const checksumAlgorithms = ['sha256', 'sha1', 'crc32', 'crc64nvme'] as const
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number]
export type Checksums = Partial<Record<ChecksumAlgorithm, string>>
/** COMPOSITE: the checksum of the parts' checksums, followed by -<number of parts>. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

/** What S3 computes when the client names none. */
export const defaultAlgorithm: ChecksumAlgorithm = 'crc64nvme'

export type Hasher = { update(bytes: Buffer): void; finish(): Promise<string> }

export function createHasher(algorithm: ChecksumAlgorithm): Hasher {
  if (algorithm === 'sha256' || algorithm === 'sha1') {
    const hash = createHash(algorithm)
    return { update: (bytes) => void hash.update(bytes), finish: async () => hash.digest('base64') }
  }
  if (algorithm === 'crc32') {
    let sum = 0
    return {
      update(bytes) {
        sum = crc32(bytes, sum)
      },
      async finish() {
        const bytes = Buffer.alloc(4)
        bytes.writeUInt32BE(sum >>> 0)
        return bytes.toString('base64')
      },
    }
  }
  const crc = new Crc64Nvme()
  return {
    update: (bytes) => crc.update(bytes),
    finish: async () => Buffer.from(await crc.digest()).toString('base64'),
  }
}

export function readAlgorithm(name: string | undefined): ChecksumAlgorithm | null {
  const lower = name?.toLowerCase()
  return checksumAlgorithms.find((algorithm) => algorithm === lower) ?? null
}

export function describeChecksums(checksums: Checksums, type: ChecksumType): Record<string, string> {
  const entries = Object.entries(checksums).map(([algorithm, sum]) => [`x-amz-checksum-${algorithm}`, sum] as const)
  return entries.length === 0 ? {} : { ...Object.fromEntries(entries), 'x-amz-checksum-type': type }
}
