import type { Whereabouts } from '../sessions/whereabouts.ts'

/** Who sends a request, as far as the request itself tells. */
export type Visitor = Whereabouts & {
  /** The network that limits count by: an IPv4 address, or the /64 of an IPv6 one. */
  readonly network: string
  /** The session token from the cookie, unchecked. */
  readonly sessionToken: string | null
  /** What this browser is known by, unchecked. */
  readonly deviceToken: string | null
}
