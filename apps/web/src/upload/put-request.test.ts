import { expect, test } from 'vitest'
import { judgeStatus } from './send-file.ts'
import { readStatus } from './put-request.ts'

const say = (code: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>…</Message></Error>`

test('a connection that S3 closed because it stood still is tried again, and not taken for a file that was changed', () => {
  expect(judgeStatus(readStatus(400, say('RequestTimeout')))).toBe('again')
  expect(readStatus(400, say('BadDigest'))).toBe(400)
  expect(readStatus(200, '')).toBe(200)
})
