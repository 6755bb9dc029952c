// Rows that tests start from, written as the application would have left them.
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { media } from '@shoebox/db/schema/media.ts'
import type { MediaId, UserId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from './numbered-ids.ts'

export type Author = { readonly userId: UserId; readonly sessionId: string }

/** Rows of one database, numbered from one. Two of them for the same database would collide. */
export function databaseRows(url: string, start: Date) {
  const db: PoolDatabase = connectPool({ connectionString: url, connectionsMax: 4 })
  const later = (ms: number) => new Date(start.getTime() + ms)
  let userCount = 0
  let mediaCount = 0

  /** Somebody with an account and a session of an hour, whose stored id is not the hash of any token. */
  async function addAuthor(name = 'Ann'): Promise<Author> {
    const n = (userCount += 1)
    const userId = numberedId('user', n)
    const author = { userId, sessionId: `session-${n}` }
    const email = `${name.toLowerCase()}-${n}@rows.example.org`
    await db
      .insert(users)
      .values({ id: userId, email, name, passwordHash: '-', emailVerifiedAt: start, createdAt: start })
    await db.insert(sessions).values({
      id: author.sessionId,
      userId,
      expiresAt: later(3_600_000),
      createdAt: start,
      lastSeenAt: start,
      userAgent: 'test',
    })
    return author
  }

  async function addUpload(owner: Author, columns: Partial<typeof media.$inferInsert> = {}): Promise<MediaId> {
    const id = numberedId('media', (mediaCount += 1))
    await db.insert(media).values({
      id,
      ownerId: owner.userId,
      batchId: crypto.randomUUID(),
      ordinal: 0,
      fileName: 'photo.jpg',
      declaredType: 'image/jpeg',
      declaredBytes: 1000,
      declaredSha256: 'A'.repeat(43) + '=',
      state: 'reserved',
      incomingKey: incomingKey(owner.userId, id),
      createdAt: start,
      ...columns,
    })
    return id
  }

  /** An item of the feed. */
  const addItem = (owner: Author, publishedAt: Date, columns: Partial<typeof media.$inferInsert> = {}) =>
    addUpload(owner, {
      state: 'ready',
      settledAt: publishedAt,
      publishedAt,
      timelineAt: publishedAt,
      type: 'image/jpeg',
      kind: 'image',
      bytes: 1000,
      generation: '0123456789abcdef',
      widthPx: 800,
      heightPx: 600,
      thumbhash: 'AAAA',
      dominantColor: '#336699',
      derivatives: [{ name: 'tile', widthPx: 640, heightPx: 480, bytes: 100 }],
      ...columns,
    })

  return { db, later, addAuthor, addUpload, addItem, end: () => db.$client.end() }
}
