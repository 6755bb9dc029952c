import { expect, test } from 'vitest'
import { tagContent, tagParts } from './etag.ts'

test('the same content has the same tag, other content another', () => {
  const tag = tagContent({ crc32: 'AAAAAA==' }, 3)
  expect(tag).toMatch(/^[0-9a-f]{32}$/)
  expect(tagContent({ crc32: 'AAAAAA==' }, 3)).toBe(tag)
  expect(tagContent({ crc32: 'AAAAAA==' }, 4)).not.toBe(tag)
  expect(tagContent({ crc32: 'AAAAAQ==' }, 3)).not.toBe(tag)
})

test('the tag of an object in parts depends on their order and tells how many there are', () => {
  expect(tagParts(['a', 'b'])).toMatch(/^[0-9a-f]{32}-2$/)
  expect(tagParts(['b', 'a'])).not.toBe(tagParts(['a', 'b']))
})
