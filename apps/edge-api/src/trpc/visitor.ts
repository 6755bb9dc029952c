/** Who sends a request, as far as the request itself tells. */
export type Visitor = {
  /** The network that limits count by: an IPv4 address, or the /64 of an IPv6 one. */
  readonly network: string
  readonly userAgent: string
  /** The session token from the cookie, unchecked. */
  readonly sessionToken: string | null
}
