// Every payload in every hiding place is found, by the two looks that every upload gets: at its ends, and at what
// playing or showing it does not need.
import { beforeAll, describe, expect, test } from 'vitest'
import { isTimed } from '@shoebox/shared/messages/video.schema.ts'
import { makeIsoFile } from '@shoebox/testing/samples/containers.ts'
import {
  payloads,
  payloadsAmongSamples,
  placesAmongPixels,
  placesAmongTables,
  placesInFilmsAndSounds,
  placesInPictures,
  type HidingPlace,
} from '../../test/polyglots.ts'
import { planScrub } from '../video/play/plan-scrub.ts'
import { findHiddenContent } from './decoder/find-hidden-content.ts'
import { findHiddenInStream } from './find-hidden-in-stream.ts'
import { blockBytes, RangedTokenizer } from './ranged-tokenizer.ts'

async function* once(file: Buffer) {
  yield file
}

async function findInTimed(file: Buffer, type: HidingPlace['type']): Promise<string | null> {
  if (!isTimed(type)) throw new Error(type)
  const tokenizer = new RangedTokenizer(file.length, async (from, to) => file.subarray(from, to + 1))
  const atEnds = await findHiddenInStream(tokenizer, type, () => once(file))
  if (atEnds !== null) return atEnds
  const plan = await planScrub(type, file.length, async (from, to) => file.subarray(from, to))
  return plan.plan === 'hides' ? plan.detail : null
}

describe.each([
  ...placesInPictures.map((place) => ({ ...place, payloads })),
  ...placesAmongPixels.map((place) => ({ ...place, payloads: payloadsAmongSamples })),
])('$name', ({ type, makeCarrier, hide, payloads: hidden }) => {
  let carrier: Buffer
  beforeAll(async () => {
    carrier = await makeCarrier()
  })

  test.each(hidden)('finds %s', (_, payload) => {
    expect(findHiddenContent(carrier, type)).toBeNull()
    expect(findHiddenContent(hide(carrier, payload), type)).toEqual(expect.any(String))
  })
})

describe.each([
  ...placesInFilmsAndSounds.map((place) => ({ ...place, payloads })),
  ...placesAmongTables.map((place) => ({ ...place, payloads: payloadsAmongSamples })),
])('$name', ({ payloads: hidden, ...place }) => {
  let carrier: Buffer
  beforeAll(async () => {
    carrier = await place.makeCarrier()
    expect(await findInTimed(carrier, place.type)).toBeNull()
  })

  test.each(hidden)('finds %s', async (_, payload) => {
    expect(await findInTimed(place.hide(carrier, payload), place.type)).toEqual(expect.any(String))
  })
})

test('reads the end of a large film in one piece, however it falls into blocks', async () => {
  const film = Buffer.concat([makeIsoFile(['isom'], 'vide'), Buffer.alloc(3 * blockBytes)])
  const reads: number[] = []
  const tokenizer = new RangedTokenizer(film.length, async (from, to) => {
    reads.push(to + 1 - from)
    return film.subarray(from, to + 1)
  })
  expect(await findHiddenInStream(tokenizer, 'video/mp4', () => once(film))).toBeNull()
  expect(reads).toEqual([blockBytes, film.length - 2 * blockBytes])
})
