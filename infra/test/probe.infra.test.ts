import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { startStack, type Stack } from '@shoebox/local/stack.ts'
import { probeDeployment } from '../probe-deployment.ts'

let stack: Stack<'s3' | 'sqs' | 'delivery'>
let incoming = ''
const site = createServer((_, response) => {
  response.writeHead(200, { 'content-security-policy': `connect-src ${stack.s3.endpoint}` }).end()
})

beforeAll(async () => {
  stack = await startStack({ parts: ['s3', 'sqs', 'delivery'] })
  incoming = `${stack.s3.endpoint}/${buckets.incoming}`
  await new Promise<void>((resolve) => site.listen(Number(new URL(stack.siteOrigin).port), 'localhost', resolve))
})
afterAll(async () => {
  site.close()
  await stack.stop()
})

test('finds nothing where everything behaves', async () => {
  expect(await probeDeployment({ site: stack.siteOrigin, media: stack.delivery.origin, incoming })).toEqual([])
})

test('finds a page that the bucket does not know, and a front that is open', async () => {
  const open = createServer((_, response) => response.end('here you are'))
  await new Promise<void>((resolve) => open.listen(0, '127.0.0.1', resolve))
  const media = `http://127.0.0.1:${(open.address() as AddressInfo).port}`
  try {
    const findings = await probeDeployment({ site: media, media, incoming })
    expect(findings.join('\n')).toContain('is a page with a content security policy')
    expect(findings.join('\n')).toContain('the bucket takes uploads from the page')
    expect(findings.join('\n')).toContain('a picture without a signature is refused')
  } finally {
    open.close()
  }
})
