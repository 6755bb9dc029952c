import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createPushSender, isPublicAddress, lookUpPublic } from './web-push.ts'

test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001:81b::200e'])('%s may be called', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
  ...['0.0.0.0', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
  ...[
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ],
  'not an address',
])('%s is never called', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const send = createPushSender({
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  subject: 'mailto:a@b.cc',
  ownOrigin: null,
})
const message = { body: '{}', keptSeconds: 60, urgency: 'low', topic: 'feed' } as const
const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }

test('an endpoint that should never have been kept is forgotten, and not called', async () => {
  expect(await send({ endpoint: 'https://127.0.0.1/x', ...keys }, message)).toEqual({
    outcome: 'gone',
    reason: 'endpoint',
  })
})

test('a browser whose keys are none is forgotten', async () => {
  const endpoint = 'https://push.example.org/x'
  expect(await send({ endpoint, ...keys }, message)).toEqual({ outcome: 'gone', reason: 'keys' })
})

test.each([true, false])(
  'a name that stands for an address inside is never called (all addresses: %s)',
  async (all) => {
    const found = await new Promise((resolve) => lookUpPublic('localhost', { all }, (error) => resolve(error?.message)))
    expect(found).toBe('the push service is not on the public internet')
  },
)
