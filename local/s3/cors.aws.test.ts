import { afterAll, beforeAll, expect, test } from 'vitest'
import { presignPut, send, siteOrigin, startS3Fixture, type S3Fixture } from './s3-fixture.ts'

let fixture: S3Fixture
let url: string
beforeAll(async () => {
  fixture = await startS3Fixture()
  url = await presignPut(fixture, { Key: 'cors' })
})
afterAll(() => fixture.stop())

const preflight = (origin: string, method: string, headers = '') =>
  send('OPTIONS', url, {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': headers,
  })

test('lets the site send the signed headers', async () => {
  const answer = await preflight(siteOrigin, 'PUT', 'content-type, if-none-match, x-amz-checksum-sha256')
  expect(answer.status).toBe(200)
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': siteOrigin,
    'access-control-allow-methods': 'PUT, GET, HEAD',
    'access-control-allow-headers': 'content-type, if-none-match, x-amz-checksum-sha256',
    'access-control-max-age': '600',
  })
})

test.each([
  ['another origin', 'http://evil.example', 'PUT', ''],
  ['another method', siteOrigin, 'DELETE', ''],
  ['another header', siteOrigin, 'PUT', 'x-amz-acl'],
])('refuses a preflight from %s', async (_what, origin, method, headers) => {
  expect(await preflight(origin, method, headers)).toMatchObject({ status: 403, code: 'AccessForbidden' })
})

test('lets the page read answers and refusals', async () => {
  const stored = await send('PUT', url, { origin: siteOrigin }, Buffer.from('x'))
  expect(stored.status).toBe(200)
  expect(stored.headers['access-control-allow-origin']).toBe(siteOrigin)
  expect(stored.headers['access-control-expose-headers']).toContain('ETag')
  const refused = await send(
    'PUT',
    url.replace(/Signature=\w/, 'Signature=_'),
    { origin: siteOrigin },
    Buffer.from('x'),
  )
  expect(refused.status).toBe(403)
  expect(refused.headers['access-control-allow-origin']).toBe(siteOrigin)
  const foreign = await send('PUT', url, { origin: 'http://evil.example' }, Buffer.from('x'))
  expect(foreign.headers['access-control-allow-origin']).toBeUndefined()
})
