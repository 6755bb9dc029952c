import type { UserId } from '@shoebox/shared/ids.ts'

/** A session as it is stored: its id is the hash of the token, which is stored nowhere. */
export type NewSession = {
  readonly id: string
  readonly userId: UserId
  readonly expiresAt: Date
  readonly createdAt: Date
  readonly userAgent: string
}

/** Makes a token, has its session written by the caller (so that it can be part of a larger batch), returns both. */
export type OpenSession = <T>(
  userId: UserId,
  userAgent: string,
  write: (session: NewSession) => Promise<T>,
) => Promise<{ readonly token: string; readonly written: T }>
