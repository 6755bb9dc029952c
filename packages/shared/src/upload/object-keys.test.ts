import { expect, test } from 'vitest'
import { makeId } from '../ids.ts'
import { derivativeNames } from '../media/derivatives.ts'
import { derivativeKey, incomingKey, originalKey, parseIncomingKey } from './object-keys.ts'

const ownerId = makeId('user', 1, new Uint8Array(10))
const mediaId = makeId('media', 1, new Uint8Array(10))

test('an incoming key says whose upload it is and which', () => {
  expect(parseIncomingKey(incomingKey(ownerId, mediaId))).toEqual({ ownerId, mediaId })
})

test.each(['', '/', `${mediaId}/${ownerId}`, `${ownerId}/${mediaId}/more`, ownerId, `../${ownerId}/${mediaId}`])(
  'does not read %j as an incoming key',
  (key) => {
    expect(parseIncomingKey(key)).toBeNull()
  },
)

test('no two objects of an item share a key, and keys are plain ASCII', () => {
  const keys = [originalKey(mediaId, 'a'), originalKey(mediaId, 'b')]
  for (const generation of ['a', 'b'])
    for (const name of derivativeNames) keys.push(derivativeKey(mediaId, generation, name))
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toMatch(/^[\w/.-]+$/)
})
