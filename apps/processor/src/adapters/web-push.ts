// Sends web pushes. The address is one that a stranger gave us, so it is looked at again here: no name that stands for
// anything but the public internet is called, whatever it stood for when it was given, and no redirect is followed.
import { buildPushPayload } from '@block65/webcrypto-web-push'
import { createPrivateKey } from 'node:crypto'
import { lookup } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { isPushEndpoint } from '@shoebox/shared/notices/push-endpoint.ts'
import type { PushAnswer, PushMessage, PushTarget } from '../notifier/push-message.ts'

export type PushSettings = {
  /** PKCS#8 PEM, EC P-256. */
  readonly privateKey: string
  /** How a push service reaches us: `mailto:`. */
  readonly subject: string
  /** Of a push service that may be anywhere; null: there is none but the browsers'. */
  readonly ownOrigin: string | null
}

const timeoutMs = 10_000

/** Throws where another try may help: the service is down, slow or wants less. */
export function createPushSender({ privateKey, subject, ownOrigin }: PushSettings) {
  const vapid = { ...readKey(privateKey), subject }
  return async (target: PushTarget, message: PushMessage): Promise<PushAnswer> => {
    if (!isPushEndpoint(target.endpoint, ownOrigin)) return { outcome: 'gone', reason: 'endpoint' }
    const payload = await build(target, message, vapid).catch(() => null)
    // Keys that are no keys: nothing can ever be encrypted to them.
    if (payload === null) return { outcome: 'gone', reason: 'keys' }
    const isOwn = ownOrigin !== null && target.endpoint.startsWith(`${ownOrigin}/`)
    const status = await post(target.endpoint, payload, isOwn)
    if (status >= 200 && status < 300) return { outcome: 'sent' }
    if (status === 404 || status === 410) return { outcome: 'gone', reason: status }
    if (status === 408 || status === 429 || status >= 500) throw new Error(`the push service answered ${status}`)
    return { outcome: 'refused', reason: status }
  }
}

function readKey(pem: string): { publicKey: string; privateKey: string } {
  const { x = '', y = '', d = '' } = createPrivateKey(pem).export({ format: 'jwk' })
  const point = [Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  return { publicKey: Buffer.concat(point).toString('base64url'), privateKey: d }
}

const build = (
  { endpoint, p256dh, auth }: PushTarget,
  { body, keptSeconds, urgency, topic }: PushMessage,
  vapid: Parameters<typeof buildPushPayload>[2],
) =>
  buildPushPayload(
    { data: body, options: { ttl: keptSeconds, urgency, topic } },
    // It signs for nothing but https, which a service of our own on loopback need not have.
    { endpoint: endpoint.replace(/^http:/, 'https:'), expirationTime: null, keys: { p256dh, auth } },
    vapid,
  )

type Payload = Awaited<ReturnType<typeof build>>

function post(endpoint: string, { headers, body }: Payload, isOwn: boolean): Promise<number> {
  const url = new URL(endpoint)
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers,
        signal: AbortSignal.timeout(timeoutMs),
        ...(isOwn ? {} : { lookup: lookUpPublic }),
      },
      (response) => {
        // What it says beside is nobody's business.
        response.resume().on('error', () => undefined)
        resolve(response.statusCode ?? 500)
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

/** Loopback, private, link-local, shared, documentation, multicast and reserved (RFC 6890). */
const inner = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(net, bits, 'ipv4')
/** Of IPv6 only what is handed out to the public is called at all; what maps IPv4 into it is not that. */
const publicV6 = new BlockList()
publicV6.addSubnet('2000::', 3, 'ipv6')
const innerV6 = new BlockList()
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  innerV6.addSubnet(net, bits, 'ipv6')

export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !inner.check(address, 'ipv4')
  return isIP(address) === 6 && publicV6.check(address, 'ipv6') && !innerV6.check(address, 'ipv6')
}

/** The name is looked up once, and what was looked at is what is called. */
export const lookUpPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { all: true }, (error, found) => {
    if (error !== null) return callback(error, '')
    const allowed = found.filter(({ address }) => isPublicAddress(address))
    const [first] = allowed
    if (first === undefined) return callback(new Error('the push service is not on the public internet'), '')
    return options.all === true ? callback(null, allowed) : callback(null, first.address, first.family)
  })
}
