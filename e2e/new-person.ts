// Somebody with an account and a session, written as signing up leaves them: for journeys that are about something else.
// The form, the mail and its code have journeys of their own (share-photos, account, groups).
import { argon2Sync, createHash, randomBytes, randomUUID } from 'node:crypto'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { makeId, uuidOf } from '@shoebox/shared/ids.ts'
import type { BrowserContext } from 'playwright-core'

export type Person = { readonly name: string; readonly email: string; readonly password: string }

/** Writes to the database. */
export type Query = (statement: string, values: readonly unknown[]) => Promise<unknown>

export const sessionCookieName = '__Host-shoebox'
const sessionMs = 30 * 86_400_000
const password = 'a few plain words'

/** As apps/edge-api/src/adapters/password-hasher.ts makes it; once for everybody, since all have the same. */
const passwordHash = ((): string => {
  const nonce = randomBytes(16)
  const parameters = { nonce, memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
  const message = Buffer.from(password).toString('base64')
  const hash = argon2Sync('argon2id', { message, ...parameters })
  const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=19456,t=2,p=1$${encode(nonce)}$${encode(hash)}`
})()

/** Answers who it is, and the token of their session. */
export async function addPerson(query: Query, name: string): Promise<{ person: Person; token: string }> {
  const now = new Date()
  const person = { name, email: `${randomUUID()}@example.org`, password }
  const id = uuidOf(makeId('user', now.getTime(), randomBytes(10)))
  const token = randomBytes(40).reduce((text, byte) => text + 'abcdefghijklmnopqrstuvwxyz234567'.charAt(byte % 32), '')
  await query(
    `insert into users (id, email, name, password_hash, email_verified_at, created_at, terms_version, terms_accepted_at)
     values ($1, $2, $3, $4, $5, $5, $6, $5)`,
    [id, person.email, name, passwordHash, now, termsVersion],
  )
  await query(
    `insert into sessions (id, user_id, expires_at, created_at, last_seen_at, user_agent) values ($1, $2, $3, $4, $4, $5)`,
    [createHash('sha256').update(token).digest('base64url'), id, new Date(now.getTime() + sessionMs), now, 'a test'],
  )
  return { person, token }
}

/** Gives a browser the session. A cookie of this name is taken from https alone, and sent to localhost over either. */
export async function takeSession(context: BrowserContext, siteOrigin: string, token: string): Promise<void> {
  const url = siteOrigin.replace('http:', 'https:')
  const cookie = { name: sessionCookieName, value: token, secure: true, httpOnly: true, sameSite: 'Lax' } as const
  await context.addCookies([{ ...cookie, url }])
}
