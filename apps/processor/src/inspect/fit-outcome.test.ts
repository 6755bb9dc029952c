import { expect, test } from 'vitest'
import { peaksCount } from '@shoebox/shared/media/timed-limits.ts'
import { outcomeSchema, type ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { createLog } from '../log.ts'
import { fitOutcome } from './fit-outcome.ts'

const [ann, mediaId] = [numberedId('user', 1), numberedId('media', 1)]

const film = {
  version: 1,
  mediaId,
  ownerId: ann,
  incomingKey: incomingKey(ann, mediaId),
  etag: 'abc',
  inspectedAtMs: 1,
  outcome: 'ready',
  generation: '0123456789abcdef',
  type: 'video/mp4',
  bytes: 1000,
  sha256: null,
  widthPx: 320,
  heightPx: 180,
  thumbhash: 'abcd',
  dominantColor: '#336699',
  fingerprint: null,
  takenAt: { local: '2026-06-15T14:30:05', offsetMinutes: 120, source: 'container' },
  capture: { camera: 'A camera', lens: 'A lens', exposure: null, place: null },
  isCutToFirstFrame: false,
  derivatives: [{ name: 'thumb', widthPx: 320, heightPx: 180, bytes: 100 }],
  timed: {
    durationMs: 3000,
    videoCodec: 'avc',
    audioCodec: 'aac',
    frameRate: 30,
    isHdr: false,
    peaks: null,
    tags: { title: 'Sea' },
    hasPlay: true,
    captions: [{ language: 'de', label: null, bytes: 119 }],
  },
} as const satisfies ReadyOutcome

const { timed, capture } = film
/** Whatever the API takes for one, of no version that the standard knows. */
const requestId = '3f2c4a52-3df7-0b07-0a5b-0f8c53c1a7de'

function fit(outcome: ReadyOutcome) {
  const lines: string[] = []
  const sent = fitOutcome(
    outcome,
    createLog('inspect', (line) => lines.push(line)),
  )
  expect(outcomeSchema.safeParse(JSON.parse(JSON.stringify(sent))).success).toBe(true)
  return { sent, said: lines.join('') }
}

test('what fits is sent as it is', () => {
  const { sent, said } = fit(film)
  expect(sent).toBe(film)
  expect(said).toBe('')
})

const withTimed = (change: Partial<NonNullable<ReadyOutcome['timed']>>): ReadyOutcome => ({
  ...film,
  timed: { ...timed, ...change },
})

test.each<[string, ReadyOutcome, ReadyOutcome]>([
  ['audioCodec', withTimed({ audioCodec: 'x'.repeat(33) }), withTimed({ audioCodec: null })],
  ['frameRate', withTimed({ frameRate: 0 }), withTimed({ frameRate: null })],
  ['durationMs', withTimed({ durationMs: 3_866_565_000 }), withTimed({ durationMs: null })],
  ['durationMs', withTimed({ durationMs: Number.NaN }), withTimed({ durationMs: null })],
  ['peaks', withTimed({ peaks: Array.from({ length: peaksCount }, () => 256) }), withTimed({ peaks: null })],
  ['title', withTimed({ tags: { title: 'x'.repeat(401) } }), withTimed({ tags: {} })],
  ['captions', withTimed({ captions: [{ language: 'x', label: null, bytes: 1 }] }), withTimed({ captions: null })],
  ['heightPx', { ...film, heightPx: 2 ** 39 }, { ...film, widthPx: null, heightPx: null }],
  ['takenAt', { ...film, takenAt: { ...film.takenAt, local: '2024-02-31T10:00:00' } }, { ...film, takenAt: null }],
  ['camera', { ...film, capture: { ...capture, camera: '' } }, { ...film, capture: { ...capture, camera: null } }],
])('what does not fit is left out and said, and nothing else: %s', (name, given, expected) => {
  const { sent, said } = fit(given)
  expect(sent).toEqual(expected)
  expect(said).toContain(name)
})

test('what lacks something that every item has is refused as ours to mend', () => {
  const { sent } = fit({ ...film, bytes: 0, requestId })
  expect(sent).toEqual({
    version: 1,
    mediaId,
    ownerId: ann,
    incomingKey: film.incomingKey,
    etag: 'abc',
    generation: film.generation,
    inspectedAtMs: 1,
    requestId,
    outcome: 'refused',
    reason: 'processing_failed',
    detectedType: film.type,
  })
})

test('a film whose codec has no fitting name is not made a sound of', () => {
  expect(fit(withTimed({ videoCodec: 'x'.repeat(33) })).sent.outcome).toBe('refused')
})
