// What people say about themselves.
import { and, eq } from 'drizzle-orm'
import type { EdgeDatabase } from '../connect-http.ts'
import { users } from '../schema/accounts.ts'
import { isStillSignedIn, type Author } from './session-store.ts'

export type TermsWish = { readonly author: Author; readonly termsVersion: string; readonly nowMs: number }

/** Keeps which terms somebody accepted, and when. */
export async function keepAcceptedTerms(db: EdgeDatabase, { author, termsVersion, nowMs }: TermsWish): Promise<void> {
  await db
    .update(users)
    .set({ termsVersion, termsAcceptedAt: new Date(nowMs) })
    .where(and(eq(users.id, author.userId), isStillSignedIn(db, author, nowMs)))
}
