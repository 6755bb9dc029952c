// How everything is read for somebody who is signed in: their session and the data in one trip, so that the check costs
// none of its own.
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { EdgeDatabase } from '../connect-http.ts'
import { retryRead } from '../database-fault.ts'
import { sessionQuery, type SessionRow } from './session-store.ts'

/** @returns the session, null where there is none, and what each query finds */
export async function readAs<const T extends readonly BatchItem<'pg'>[]>(
  db: EdgeDatabase,
  sessionId: string,
  queries: T,
): Promise<[SessionRow | null, ...BatchResponse<T>]> {
  const [[session], ...found] = await retryRead(() => db.batch([sessionQuery(db, sessionId), ...queries]))
  return [session ?? null, ...found]
}
