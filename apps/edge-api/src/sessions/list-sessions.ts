import { nameDevice } from '@shoebox/shared/account/name-device.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { SessionsOutput } from './sessions.schema.ts'
import type { CheckedRead } from './signed-in.ts'
import type { Whereabouts } from './whereabouts.ts'

export type OwnSession = Whereabouts & { readonly id: string; readonly createdAt: Date; readonly lastSeenAt: Date }

export type ListSessionsDeps = {
  /** Checks the session and reads all that its user has, in one trip. */
  readonly readOwnSessions: () => Promise<CheckedRead<readonly OwnSession[]> | null>
}

/** Where somebody is signed in, the place used last first. */
export async function listSessions(
  deps: ListSessionsDeps,
): Promise<Result<SessionsOutput, { code: 'sign_in_needed' }>> {
  const read = await deps.readOwnSessions()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const sessions = read.data.map(({ id, createdAt, lastSeenAt, userAgent, country, city }) => ({
    id,
    ...nameDevice(userAgent),
    country,
    city,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    isCurrent: id === read.user.sessionId,
  }))
  return accept({ sessions })
}
