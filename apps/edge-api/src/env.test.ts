import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

const bindings = {
  SITE_ORIGIN: 'https://shoebox.example',
  DATABASE_URL: 'postgres://user:password@host/db',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: 'secret',
  INCOMING_BUCKET: 'incoming',
  MAIL_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/000000000000/mail',
  MEDIA_ORIGIN: 'https://media.example',
  DELIVERY_KEY_PAIR_ID: 'K1',
  DELIVERY_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----',
  CODE_HMAC_KEY: 'k'.repeat(32),
  AUDIT_HMAC_KEY: 'a'.repeat(32),
  LINK_HMAC_KEY: 'l'.repeat(32),
  PUSH_PUBLIC_KEY: '-----BEGIN PUBLIC KEY-----',
  ASSETS: { fetch: () => {} },
  BURST_LIMIT: { limit: () => {} },
}

test('the settings of the cloud are complete without the local endpoints', () => {
  expect(parseEnv({ ...bindings, S3_ENDPOINT: '' })).toMatchObject({
    DELIVERY_BUCKET_SECONDS: 300,
    S3_ENDPOINT: undefined,
  })
  expect(parseEnv({ ...bindings, DELIVERY_BUCKET_SECONDS: '2' })).toMatchObject({ DELIVERY_BUCKET_SECONDS: 2 })
})

test.each([
  ['SITE_ORIGIN', 'https://shoebox.example/'],
  ['MEDIA_ORIGIN', 'https://media.example/v'],
  ['DATABASE_URL', 'mysql://host/db'],
  ['CODE_HMAC_KEY', 'too short'],
  ['AUDIT_HMAC_KEY', 'too short'],
  ['LINK_HMAC_KEY', 'too short'],
  ['PUSH_PUBLIC_KEY', 'none'],
  ['BURST_LIMIT', {}],
  ['ASSETS', undefined],
])('%s = %j stops the Worker with a sentence that names it and not its value', (name, value) => {
  const run = () => parseEnv({ ...bindings, [name]: value })
  expect(run).toThrow(name)
  if (typeof value === 'string') expect(run).not.toThrow(value)
})
