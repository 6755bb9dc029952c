import { expect, test } from 'vitest'
import { scrubVorbisComment } from './vorbis-comment.ts'

const entry = (text: string): Buffer => {
  const body = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return Buffer.concat([length, body])
}
const comment = (...fields: string[]): Buffer => {
  const count = Buffer.alloc(4)
  count.writeUInt32LE(fields.length)
  return Buffer.concat([entry('vendor'), count, ...fields.map(entry)])
}

test('keeps the words of a song in any case, and makes the rest as long and empty', () => {
  const before = comment('title=Café', 'LOCATION=here', 'ARTIST=Somebody', 'no equals sign')
  const after = Buffer.from(scrubVorbisComment(before))
  expect(after).toHaveLength(before.length)
  expect(after.toString()).toContain('title=Café')
  expect(after.toString()).toContain('ARTIST=Somebody')
  expect(after.equals(comment('title=Café', 'X=           ', 'ARTIST=Somebody', 'X=            '))).toBe(true)
})

test('keeps nothing of a comment that contradicts itself', () => {
  const broken = comment('TITLE=x', 'LOCATION=here')
  broken.writeUInt32LE(0xffff, broken.length - 'LOCATION=here'.length - 4)
  expect(Buffer.from(scrubVorbisComment(broken)).toString()).not.toContain('here')
})
