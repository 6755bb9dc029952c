// What an inspection reports of an upload.
import type { MediaId, UserId } from '@shoebox/shared/ids.ts'
import type { ReadyOutcome, RefusedOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'

const inspection = (ownerId: UserId, mediaId: MediaId) =>
  ({
    version: 1,
    mediaId,
    ownerId,
    incomingKey: incomingKey(ownerId, mediaId),
    etag: 'abc',
    inspectedAtMs: Date.UTC(2026, 5, 15, 12, 0, 1),
  }) as const

/** A picture without a sum, a date or a fingerprint. */
export const makeReadyOutcome = (
  ownerId: UserId,
  mediaId: MediaId,
  change: Partial<ReadyOutcome> = {},
): ReadyOutcome => ({
  ...inspection(ownerId, mediaId),
  outcome: 'ready',
  generation: '0123456789abcdef',
  type: 'image/jpeg',
  bytes: 1000,
  sha256: null,
  widthPx: 4000,
  heightPx: 3000,
  thumbhash: 'abcd',
  dominantColor: '#336699',
  takenAt: null,
  isCutToFirstFrame: false,
  derivatives: [{ name: 'thumb', widthPx: 320, heightPx: 240, bytes: 9 }],
  ...change,
})

/** A picture that cannot be decoded. */
export const makeRefusedOutcome = (
  ownerId: UserId,
  mediaId: MediaId,
  change: Partial<RefusedOutcome> = {},
): RefusedOutcome => ({
  ...inspection(ownerId, mediaId),
  outcome: 'refused',
  reason: 'image_damaged',
  detectedType: 'image/jpeg',
  ...change,
})
