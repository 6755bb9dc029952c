// Where a browser says that its pushes are to be sent: an address of a stranger's choice, which we are to call. Only a
// public name over TLS at its usual port is one; what such a name stands for is looked at again when it is called.

export const endpointCharactersMax = 1000

const pattern = /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24})\/[\x21-\x7e]*$/
/** Names that mean something only within a network (RFC 6761, RFC 6762, RFC 8375, and by custom). */
const inner = /\.(?:local|localhost|localdomain|internal|intranet|private|corp|home|lan|arpa|test|invalid|onion)$/

/** @param ownOrigin another push service than the browsers' own, which may be anywhere; null: there is none */
export function isPushEndpoint(endpoint: string, ownOrigin: string | null): boolean {
  if (endpoint.length > endpointCharactersMax) return false
  if (ownOrigin !== null && endpoint.startsWith(`${ownOrigin}/`)) return true
  const [, host] = pattern.exec(endpoint) ?? []
  return host !== undefined && !inner.test(host)
}
