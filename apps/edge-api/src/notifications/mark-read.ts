import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type MarkReadDeps = {
  readonly nowMs: () => number
  readonly markRead: (wish: { author: Author; until: Date; nowMs: number }) => Promise<void>
  readonly keepZone: (wish: { author: Author; timeZone: string; nowMs: number }) => Promise<void>
}

/**
 * Marks as read what one was told up to a moment: what came or grew after it was shown stays unread. Whoever reads also
 * says where they are: a digest then tells its times there.
 */
export async function markRead(
  deps: MarkReadDeps,
  user: EmailVerified<User>,
  { until, zone }: { readonly until: string; readonly zone?: string | undefined },
): Promise<Record<string, never>> {
  const by = { author: authorOf(user), nowMs: deps.nowMs() }
  await Promise.all([
    deps.markRead({ ...by, until: new Date(until) }),
    ...(zone === undefined ? [] : [deps.keepZone({ ...by, timeZone: zone })]),
  ])
  return {}
}
