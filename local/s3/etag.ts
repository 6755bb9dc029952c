// Entity tags. S3 makes an MD5 of its own of every byte, but promises none: objects under a KMS key have another tag. Here
// it is made of the checksum that is kept anyway, so that nothing can come to take it for an MD5, and each byte is hashed
// once.
import { createHash } from 'node:crypto'
import type { Checksums } from './checksums.ts'

const tag = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** The same for the same content summed the same way. */
export const tagContent = (checksums: Checksums, size: number): string => tag(JSON.stringify([checksums, size]))

/** Of an object in parts, with how many there are. */
export const tagParts = (tags: readonly string[]): string => `${tag(tags.join(' '))}-${tags.length}`
