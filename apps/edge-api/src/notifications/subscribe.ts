import { isPushEndpoint } from '@shoebox/shared/notices/push-endpoint.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

type Subscription = {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  /** Whether names may stand on a screen that is locked. */
  readonly showsNames: boolean
}

export type SubscribeDeps = {
  readonly nowMs: () => number
  /** Of a push service that may be anywhere; null: there is none but the browsers'. */
  readonly ownPushOrigin: string | null
  readonly keepSubscription: (wish: Subscription & { author: Author; nowMs: number }) => Promise<void>
}

/** Wakes this browser from now on, until its session ends. */
export async function subscribe(
  deps: SubscribeDeps,
  user: EmailVerified<User>,
  subscription: Subscription,
): Promise<Result<Record<string, never>, { code: 'push_service_unknown' }>> {
  if (!isPushEndpoint(subscription.endpoint, deps.ownPushOrigin)) return refuse({ code: 'push_service_unknown' })
  await deps.keepSubscription({ ...subscription, author: authorOf(user), nowMs: deps.nowMs() })
  return accept({})
}
