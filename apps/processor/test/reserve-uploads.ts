// Reserved uploads as the API leaves them, for tests and benchmarks that begin where the browser sends its bytes.
import { createHash } from 'node:crypto'
import type { PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { users } from '@shoebox/db/schema/accounts.ts'
import { media } from '@shoebox/db/schema/media.ts'
import type { MediaId, UserId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'

const createdAt = new Date('2026-06-15T12:00:00.000Z')

export async function makeOwner(db: PoolDatabase): Promise<UserId> {
  const id = numberedId('user', 1)
  const account = { email: 'ann@example.org', name: 'Ann', passwordHash: '-', emailVerifiedAt: createdAt, createdAt }
  await db
    .insert(users)
    .values({ id, ...account })
    .onConflictDoNothing()
  return id
}

export type ReservedUpload = { readonly mediaId: MediaId; readonly key: string }

/**
 * Each for the same file.
 * @param from the number of the first id; ids of one database must not repeat
 */
export async function reserveUploads(
  db: PoolDatabase,
  ownerId: UserId,
  file: Uint8Array,
  count: number,
  from = 1,
): Promise<ReservedUpload[]> {
  const batchId = crypto.randomUUID()
  const declaredSha256 = createHash('sha256').update(file).digest('base64')
  const uploads = Array.from({ length: count }, (_, n) => {
    const mediaId = numberedId('media', from + n)
    return { mediaId, key: incomingKey(ownerId, mediaId) }
  })
  await db.insert(media).values(
    uploads.map(({ mediaId, key }, ordinal) => ({
      id: mediaId,
      ownerId,
      batchId,
      ordinal,
      fileName: 'photo.jpg',
      declaredType: 'image/jpeg' as const,
      declaredBytes: file.length,
      declaredSha256,
      state: 'reserved' as const,
      incomingKey: key,
      createdAt,
    })),
  )
  return uploads
}
