import { createHash } from 'node:crypto'

/**
 * Names the folder of everything made from one upload: the first 16 hex digits of the SHA-256 of its ETag (unquoted).
 * Two deliveries of the same bytes land in the same folder; other bytes under the same key never do.
 */
export const generationOf = (etag: string): string => createHash('sha256').update(etag).digest('hex').slice(0, 16)
