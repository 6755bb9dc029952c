// The links in a digest: what they are about, and the proof that we wrote them. Whoever has one may change that one
// setting of that one person, without signing in; it does not end, as the mail that holds it does not.
import { isId, type GroupId, type UserId } from '../ids.ts'

/** A group of somebody's, or, without one, their digest. */
export type Muted = { readonly userId: UserId; readonly groupId: GroupId | null }

const digest = 'digest'

/** What is signed, with HMAC-SHA-256 under a key that is for nothing else. */
export const muteText = ({ userId, groupId }: Muted): string => `mute ${userId} ${groupId ?? digest}`

/** @param mac of `muteText`, base64url */
export const writeMuteToken = ({ userId, groupId }: Muted, mac: string): string =>
  `${userId}.${groupId ?? digest}.${mac}`

/** Null for what is no token. Whether its proof is right is not looked at. */
export function readMuteToken(token: string): { readonly muted: Muted; readonly mac: string } | null {
  const [userId = '', about = '', mac = '', ...more] = token.split('.')
  if (more.length > 0 || !isId('user', userId) || !/^[\w-]{43}$/.test(mac)) return null
  if (about === digest) return { muted: { userId, groupId: null }, mac }
  return isId('group', about) ? { muted: { userId, groupId: about }, mac } : null
}

/** Where such a link leads: its page for people, and for mail programs that send a POST there (RFC 8058). */
export const mutePath = (token: string): string => `/mute?t=${token}`
