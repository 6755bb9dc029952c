import { expect, test } from 'vitest'
import { readSettings } from '../settings.ts'

const least = {
  CLOUDFLARE_DEFAULT_ACCOUNT_ID: '0123456789abcdef0123456789abcdef',
  WORKERS_SUBDOMAIN: 'someone',
  MAIL_SENDER: 'example.com',
  NEON_API_KEY: 'key',
}

test('a stage needs no domain of its own', () => {
  expect(readSettings('pr-7', least)).toMatchObject({
    siteOrigin: 'https://shoebox-pr-7.someone.workers.dev',
    mediaDomain: null,
    isProduction: false,
    makesDatabase: true,
    architecture: 'arm64',
  })
})

test('a domain becomes the origin', () => {
  expect(readSettings('production', { ...least, SITE_DOMAIN: 'photos.example.com' }).siteOrigin).toBe(
    'https://photos.example.com',
  )
})

test('production rotates its keys by commits alone', () => {
  const rotating = { ...least, DELIVERY_KEYS: '3,2', WORKER_KEYS: '3' }
  expect(readSettings('alice', rotating)).toMatchObject({ deliveryKeys: [3, 2], workerKeys: [3] })
  expect(readSettings('production', rotating).deliveryKeys).toEqual(readSettings('production', least).deliveryKeys)
})

test.each([
  ['Production', {}, 'must be 1 to 20 small letters'],
  ['a--b', {}, 'must be 1 to 20 small letters'],
  ['alice', { WORKERS_SUBDOMAIN: undefined }, 'Set SITE_DOMAIN'],
  ['alice', { SITE_DOMAIN: 'https://example.com' }, 'SITE_DOMAIN must be a bare host name'],
  ['alice', { MAIL_SENDER: '' }, 'Set MAIL_SENDER'],
  ['alice', { CLOUDFLARE_DEFAULT_ACCOUNT_ID: 'mine' }, 'Set CLOUDFLARE_DEFAULT_ACCOUNT_ID'],
  ['alice', { NEON_API_KEY: undefined }, 'has no database'],
  ['alice', { NEON_API_KEY: undefined, SST_SECRET_DatabaseUrl: 'mysql://x' }, 'has no database'],
  ['alice', { BUDGET_USD: 'ten' }, 'BUDGET_USD must be a number'],
  ['alice', { DELIVERY_KEYS: '1,2,3' }, 'DELIVERY_KEYS must be one or two whole numbers'],
])('%s with %o is refused with a sentence', (stage, change, sentence) => {
  expect(() => readSettings(stage, { ...least, ...change })).toThrow(sentence)
})
