// Lucia takes the token itself for a session's id. This adapter stands between: the database only ever sees the hash.
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { BanId, UserId } from '@shoebox/shared/ids.ts'
import { hashToken } from './session-token.ts'
import { nowhere, type Whereabouts } from './whereabouts.ts'

export type SessionRow = {
  /** The hash. */
  readonly sessionId: string
  readonly expiresAt: Date
  readonly lastSeenAt: Date
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly role: SiteRole
  /** Which terms they accepted last. */
  readonly termsVersion: string | null
  readonly steppedUpUntil: Date | null
  /** The ban that was pronounced last, unless it was lifted. The other two are its own; null also while it is written. */
  readonly banId: BanId | null
  readonly banReason: string | null
  readonly banEndsAt: Date | null
}

/** What the adapter needs; each is one statement. Ids are hashes. */
export type SessionRecords = {
  readonly find: (sessionId: string) => Promise<SessionRow | null>
  readonly write: (session: Whereabouts & { id: string; userId: UserId; expiresAt: Date }) => Promise<void>
  readonly extend: (sessionId: string, expiresAt: Date) => Promise<void>
  readonly remove: (sessionId: string) => Promise<void>
  readonly findOfUser: (userId: UserId) => Promise<readonly { id: string; userId: UserId; expiresAt: Date }[]>
  readonly removeOfUser: (userId: UserId) => Promise<void>
}

export class LuciaAdapter implements Adapter {
  private readonly records: SessionRecords
  private readonly hash: typeof hashToken

  /** @param hash for whoever has the token's hash already */
  constructor(records: SessionRecords, hash = hashToken) {
    this.records = records
    this.hash = hash
  }

  async getSessionAndUser(token: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const row = await this.records.find(await this.hash(token))
    if (row === null) return [null, null]
    const { userId, expiresAt, name, email } = row
    return [
      { id: token, userId, expiresAt, attributes: nowhere },
      { id: userId, attributes: { name, email } },
    ]
  }

  async setSession({ id: token, userId, expiresAt, attributes }: DatabaseSession): Promise<void> {
    const { userAgent, country, city } = attributes
    await this.records.write({ id: await this.hash(token), userId, expiresAt, userAgent, country, city })
  }

  async updateSessionExpiration(token: string, expiresAt: Date): Promise<void> {
    await this.records.extend(await this.hash(token), expiresAt)
  }

  async deleteSession(token: string): Promise<void> {
    await this.records.remove(await this.hash(token))
  }

  /** The ids are hashes: enough to show and to count, useless as tokens. */
  async getUserSessions(userId: UserId): Promise<DatabaseSession[]> {
    const rows = await this.records.findOfUser(userId)
    return rows.map((row) => ({ ...row, attributes: nowhere }))
  }

  async deleteUserSessions(userId: UserId): Promise<void> {
    await this.records.removeOfUser(userId)
  }

  /** Sweeping is a scheduled job's, with its own connection and its own clock. */
  async deleteExpiredSessions(): Promise<void> {}
}
