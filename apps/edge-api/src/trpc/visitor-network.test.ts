import { expect, test } from 'vitest'
import { networkOf } from './visitor-network.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', 'unknown'],
])('%s counts as %s', (ip, network) => {
  expect(networkOf(new Headers({ 'cf-connecting-ip': ip }))).toBe(network)
})

test('what a visitor can send themselves counts for nothing', () => {
  expect(networkOf(new Headers({ 'x-forwarded-for': '192.0.2.7', 'x-real-ip': '192.0.2.7' }))).toBe('unknown')
})
