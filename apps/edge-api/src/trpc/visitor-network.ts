/**
 * What limits count by: an IPv4 address, or the first half of an IPv6 one, since a household has all of that /64.
 * The header is set by Cloudflare and cannot be sent by a visitor; without it everyone shares one network.
 */
export function networkOf(headers: Headers): string {
  const ip = headers.get('cf-connecting-ip')?.trim().toLowerCase() ?? ''
  if (!ip.includes(':')) return ip === '' ? 'unknown' : ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(ip)
  if (mapped?.[1] !== undefined) return mapped[1]
  return `${expandGroups(ip).slice(0, 4).join(':')}::/64`
}

/** The groups that `::` leaves out, and each without leading zeros. */
function expandGroups(ip: string): string[] {
  const [head = '', tail = ''] = ip.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === '' ? [] : tail.split(':')
  const zeros = ip.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0
  return [...before, ...Array<string>(zeros).fill('0'), ...after].map((group) => group.replace(/^0+(?=.)/, ''))
}
