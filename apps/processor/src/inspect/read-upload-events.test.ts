import { expect, test } from 'vitest'
import { makeUploadEvent } from '@shoebox/testing/samples/sqs-records.ts'
import { readUploadEvents } from './read-upload-events.ts'

test.each(['usr_1/med_1', 'a b+c', 'naïve/ü 100%', '😀'])('reads the key %s as it was before S3 wrote it', (key) => {
  expect(readUploadEvents(makeUploadEvent('shoebox-incoming', key))).toEqual([{ bucket: 'shoebox-incoming', key }])
})

test('takes S3’s test message for what it is', () => {
  const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'shoebox-incoming' })
  expect(readUploadEvents(body)).toEqual([])
})

test('looks at new objects only', () => {
  expect(readUploadEvents(makeUploadEvent('b', 'k', 'ObjectRemoved:Delete'))).toEqual([])
  expect(readUploadEvents(makeUploadEvent('b', 'k', 'ObjectCreated:CompleteMultipartUpload'))).toHaveLength(1)
})

test.each(['', '{', '[]', '{"Records":[{}]}', '"text"'])('throws on what is not S3’s: %j', (body) => {
  expect(() => readUploadEvents(body)).toThrow()
})
