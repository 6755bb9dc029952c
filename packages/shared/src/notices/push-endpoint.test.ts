import { expect, test } from 'vitest'
import { endpointCharactersMax, isPushEndpoint } from './push-endpoint.ts'

test.each([
  'https://fcm.googleapis.com/fcm/send/abc:DEF-1_2',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAA=',
  'https://web.push.apple.com/QOY',
  'https://wns2-par02p.notify.windows.com/w/?token=BQYA%2f',
])('%s is where a browser may be reached', (endpoint) => {
  expect(isPushEndpoint(endpoint, null)).toBe(true)
})

test.each([
  'http://fcm.googleapis.com/x',
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://2130706433/x',
  'https://0x7f.1/x',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/x',
  'https://db.internal/x',
  'https://printer.local/x',
  'https://a.localhost/x',
  'https://push.example.org:8443/x',
  'https://user:word@push.example.org/x',
  'https://push.example.org@127.0.0.1/x',
  'https://push.example.org\\@127.0.0.1/x',
  'https://push.example.org',
  'https://PUSH.example.org/x y',
  'ftp://push.example.org/x',
  'https://-a.example.org/x',
  'https://push.example.org/\u0000',
  `https://push.example.org/${'x'.repeat(endpointCharactersMax)}`,
])('%s is nowhere that we call', (endpoint) => {
  expect(isPushEndpoint(endpoint, null)).toBe(false)
})

test('a push service of one’s own may be anywhere, and only that one', () => {
  const own = 'http://127.0.0.1:7428'
  expect([`${own}/1`, `${own}0/1`, 'http://127.0.0.1/1'].map((endpoint) => isPushEndpoint(endpoint, own))).toEqual([
    true,
    false,
    false,
  ])
})
