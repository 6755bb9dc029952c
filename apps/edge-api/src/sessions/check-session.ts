// The only place that turns a cookie into authority.
import type { Banned } from '../account/refuse-banned.ts'
import { LuciaAdapter, type SessionRecords, type SessionRow } from './lucia-adapter.ts'
import { makeLucia } from './lucia.ts'
import { hashToken, isToken } from './session-token.ts'
import type { CheckedRead, EmailVerified, User } from './signed-in.ts'

/** How stale "last seen" may be before it costs a write. */
const seenEveryMs = 3_600_000

export type CheckSessionDeps = {
  readonly nowMs: () => number
  readonly records: Omit<SessionRecords, 'find'> & {
    readonly markSeen: (sessionId: string, at: Date) => Promise<void>
  }
  /** Lets work go on after the answer was sent. */
  readonly afterwards: (work: Promise<void>) => void
  readonly setSessionCookie: (token: string) => void
  /** Keeps why nobody is signed in although the session lives, for the refusal of whatever needs it. */
  readonly noteBan: (ban: NonNullable<Banned['ban']>) => void
}

/**
 * Checks a token and reads what the caller needs for its user, in the one trip that `read` makes. Returns null for no
 * token, an unknown one, an expired one or a banned person's; then nothing of what was read leaves this function.
 */
export async function checkSession<T>(
  deps: CheckSessionDeps,
  token: string | null,
  read: (sessionId: string) => Promise<{ readonly session: SessionRow | null; readonly data: T }>,
): Promise<CheckedRead<T> | null> {
  if (token === null || !isToken(token)) return null
  const sessionId = await hashToken(token)
  const found = await read(sessionId)

  const lucia = makeLucia(
    new LuciaAdapter(
      {
        ...deps.records,
        find: async () => found.session,
        // Sliding and cleaning up are no reason to let the visitor wait.
        extend: async (id, expiresAt) => deps.afterwards(deps.records.extend(id, expiresAt)),
        remove: async (id) => deps.afterwards(deps.records.remove(id)),
      },
      async () => sessionId,
    ),
  )
  const { session, user } = await lucia.validateSession(token)
  if (session === null || found.session === null) return null
  if (isBanned(found.session, deps.nowMs())) {
    const { banReason, banEndsAt } = found.session
    deps.noteBan({ reason: banReason ?? '', endsAt: banEndsAt?.toISOString() ?? null })
    return null
  }

  if (session.fresh) deps.setSessionCookie(token)
  else if (deps.nowMs() - found.session.lastSeenAt.getTime() > seenEveryMs) {
    deps.afterwards(deps.records.markSeen(sessionId, new Date(deps.nowMs())))
  }
  const { id, name, email } = user
  const { role, termsVersion, steppedUpUntil } = found.session
  const checked = { id, name, email, sessionId, role, termsVersion, steppedUpUntil }
  return { user: checked as EmailVerified<User>, data: found.data }
}

/** A ban that cannot be read yet has no end that could have come. */
const isBanned = ({ banId, banEndsAt }: SessionRow, nowMs: number): boolean =>
  banId !== null && (banEndsAt === null || banEndsAt.getTime() > nowMs)
