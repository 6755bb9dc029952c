import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { CreateMultipartUploadCommand, PutObjectCommand, type S3ClientConfig } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { createS3Client } from './s3-client.ts'

/** A client whose requests go nowhere, and their headers. */
function connect() {
  const sent: Record<string, string>[] = []
  const requestHandler: S3ClientConfig['requestHandler'] = {
    async handle({ headers }: { headers: Record<string, string> }) {
      sent.push(headers)
      throw new Error('nobody is there')
    },
  }
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' }
  return { sent, s3: createS3Client({ requestHandler, credentials, region: 'us-east-1', maxAttempts: 1 }) }
}

test('a body goes with a signed checksum, and is hashed for nothing else', async () => {
  const { s3, sent } = connect()
  const put = new PutObjectCommand({ Bucket: 'media', Key: 'key', Body: Buffer.from('pixels') })
  await expect(s3.send(put)).rejects.toThrow('nobody')
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32('pixels'))
  expect(sent[0]).toMatchObject({
    'x-amz-checksum-crc32': sum.toString('base64'),
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    authorization: expect.stringMatching(/SignedHeaders=[^,]*x-amz-checksum-crc32;/),
  })
})

test('a request without a checksum of its body is signed with the body', async () => {
  const { s3, sent } = connect()
  const create = new CreateMultipartUploadCommand({ Bucket: 'media', Key: 'key', ChecksumAlgorithm: 'SHA256' })
  await expect(s3.send(create)).rejects.toThrow('nobody')
  expect(sent[0]?.['x-amz-content-sha256']).toBe(createHash('sha256').digest('hex'))
})
