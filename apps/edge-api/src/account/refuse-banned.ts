// The one refusal that says that somebody is banned. It goes only to whoever has shown who they are: with the right
// password, the right code, or a session that was alive when the ban came.
import type { BanNotice } from './code-mail.ts'

/** `endsAt` null: until it is lifted. Without a ban: it was pronounced in this very moment. */
export type Banned = {
  readonly code: 'banned'
  readonly ban?: { readonly reason: string; readonly endsAt: string | null }
}

export function refuseBanned(ban: BanNotice | null): Banned {
  if (ban === null) return { code: 'banned' }
  const endsAt = ban.endsAt === null ? null : new Date(ban.endsAt).toISOString()
  return { code: 'banned', ban: { reason: ban.reason, endsAt } }
}
