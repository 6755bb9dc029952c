// The proof in links of mails that the notifier wrote. A key of its own: what is signed here is public.
import { fromBase64url } from './base64.ts'

export async function makeIsLinkMac(secret: string): Promise<(text: string, mac: string) => Promise<boolean>> {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify'])
  return (text, mac) => crypto.subtle.verify('HMAC', key, fromBase64url(mac), encoder.encode(text))
}
