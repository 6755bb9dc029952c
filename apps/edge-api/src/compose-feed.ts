// The wiring of the public feed and of people's pages, as whoever looks is shown them: which store answers which
// question. compose.ts calls it with what it constructed.
import type { EdgeDatabase } from '@shoebox/db/connect-http.ts'
import type { Viewer } from '@shoebox/db/stores/block-filter.ts'
import * as details from '@shoebox/db/stores/details-store.ts'
import * as feed from '@shoebox/db/stores/feed-store.ts'
import * as people from '@shoebox/db/stores/people-store.ts'
import { findSession } from '@shoebox/db/stores/session-store.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { FeedPosition } from './feed/feed-cursor.ts'
import { leaveOutApart, type SharedArrivals } from './feed/leave-out-apart.ts'
import { listSince } from './feed/list-since.ts'
import type { SignDelivery } from './groups/picture.ts'
import { sessionIdOf } from './sessions/session-token.ts'
import type { Deps } from './trpc/context.ts'
import type { Visitor } from './trpc/visitor.ts'

type FeedParts = { readonly db: EdgeDatabase; readonly nowMs: () => number; readonly visitor: Visitor }

export function composeFeed({ db, nowMs, visitor }: FeedParts) {
  const viewer = () => findViewer(visitor, nowMs)
  return {
    nowMs,
    readPage: async (from, rowsMax) => feed.readPage(db, await viewer(), from, rowsMax),
    readSince: async (fromMs, rowsMax) => feed.readSince(db, await viewer(), fromMs, rowsMax),
    readItem: async (id) => feed.readItem(db, await viewer(), id),
    readDetails: async (mediaId) => details.readDetails(db, await viewer(), mediaId),
  } satisfies Partial<Deps['feed']>
}

export function composePeople(parts: FeedParts & { readonly signDelivery: SignDelivery }): Deps['people'] {
  const { db, nowMs, visitor, signDelivery } = parts
  return {
    signDelivery,
    readPerson: async (userId) => people.findPerson(db, await findViewer(visitor, nowMs), userId),
    readPersonPage: async (wish) => people.readPersonPage(db, { ...wish, viewer: await findViewer(visitor, nowMs) }),
  }
}

/** Whom the statement shows things to, if the session that the visitor names lives. */
async function findViewer(visitor: Visitor, nowMs: () => number): Promise<Viewer | null> {
  const sessionId = await sessionIdOf(visitor.sessionToken)
  return sessionId === null ? null : { sessionId, nowMs: nowMs() }
}

/** What is new in the feed, for all who listen at this edge, in one trip. */
export const readSharedArrivals =
  (db: EdgeDatabase, signDelivery: SignDelivery) =>
  async (after: FeedPosition): Promise<SharedArrivals> => {
    let apart: SharedArrivals['apart'] = []
    const readSince = async (fromMs: number, rowsMax: number) => {
      const read = await feed.readSinceForAll(db, fromMs, rowsMax)
      apart = read.apart
      return read.rows
    }
    const arrivals = await listSince({ readSince, signDelivery }, after)
    return { arrivals, apart }
  }

/** The same for one listener: who they are is asked once, and only where it makes a difference. */
export function arrivalsOf(
  { db, nowMs, visitor }: FeedParts,
  readShared: (after: FeedPosition) => Promise<SharedArrivals | null>,
) {
  let known: { readonly viewerId: UserId | null } | null = null
  const findViewerId = async (): Promise<UserId | null> => {
    const viewer = await findViewer(visitor, nowMs)
    if (viewer === null) return null
    const { session } = await findSession(db, viewer.sessionId)
    return session !== null && session.expiresAt.getTime() > nowMs() ? session.userId : null
  }
  return async (after: FeedPosition) => {
    const shared = await readShared(after)
    if (shared === null || shared.apart.length === 0) return shared?.arrivals ?? null
    known ??= { viewerId: await findViewerId() }
    return leaveOutApart(shared, known.viewerId)
  }
}
