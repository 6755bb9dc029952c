// The wiring of reports and of the desk that judges them: which store answers which question. compose.ts calls it with
// what it constructed, once for each request.
import type { EdgeDatabase } from '@shoebox/db/connect-http.ts'
import * as desk from '@shoebox/db/stores/desk-store.ts'
import type { DeskDeps } from './desk/desk-deps.ts'
import type { SessionRow } from './sessions/lucia-adapter.ts'
import type { CheckedRead } from './sessions/signed-in.ts'

export type DeskParts = {
  readonly db: EdgeDatabase
  readonly nowMs: () => number
  /** Checks the cookie's session and reads for its user in the same trip. */
  readonly checked: <T>(
    read: (sessionId: string) => Promise<{ session: SessionRow | null; data: T }>,
  ) => Promise<CheckedRead<T> | null>
}

export function composeDesk({ db, nowMs, checked }: DeskParts): DeskDeps {
  return {
    nowMs,
    readUndecidedCount: () => checked((sessionId) => desk.countUndecided(db, { sessionId, nowMs: nowMs() })),
  }
}
