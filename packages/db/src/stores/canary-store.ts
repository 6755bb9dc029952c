// The canary's account and its reservations. They count for nobody's quota and are listed nowhere: `purpose` keeps
// them out of every feed and gallery, and without a ledger there is nothing to add to.
import { and, eq, sql } from 'drizzle-orm'
import { canaryEmail, canaryUserId } from '@shoebox/shared/canary.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import type { PoolDatabase } from '../connect-pool.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'

export type CanaryUpload = {
  readonly mediaId: MediaId
  readonly type: MediaType
  readonly bytes: number
  readonly incomingKey: string
  readonly nowMs: number
}

export async function reserveCanary(db: PoolDatabase, upload: CanaryUpload): Promise<void> {
  const createdAt = new Date(upload.nowMs)
  await db
    .insert(users)
    .values({
      id: canaryUserId,
      email: canaryEmail,
      name: 'Canary',
      // No password has this hash.
      passwordHash: '!',
      emailVerifiedAt: createdAt,
      createdAt,
    })
    .onConflictDoNothing()
  await db.insert(media).values({
    id: upload.mediaId,
    ownerId: canaryUserId,
    batchId: crypto.randomUUID(),
    ordinal: 0,
    fileName: 'canary',
    declaredType: upload.type,
    declaredBytes: upload.bytes,
    state: 'reserved',
    incomingKey: upload.incomingKey,
    createdAt,
    purpose: 'avatar',
  })
}

export async function findCanary(db: PoolDatabase, mediaId: MediaId) {
  const [row] = await db
    .select({ state: media.state, reason: media.refusalReason })
    .from(media)
    .where(eq(media.id, mediaId))
  return row ?? null
}

export async function removeCanary(db: PoolDatabase, mediaId: MediaId): Promise<void> {
  await db.delete(media).where(and(eq(media.id, mediaId), sql`${eq(media.ownerId, canaryUserId)}`))
}
