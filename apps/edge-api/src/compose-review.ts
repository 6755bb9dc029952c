// The wiring of reviews before publication and of what may not come back: which store answers which question. compose.ts
// calls it with what it constructed, once for each request.
import * as knownBad from '@shoebox/db/stores/known-bad-store.ts'
import * as reviews from '@shoebox/db/stores/review-store.ts'
import type { GroupParts } from './compose-groups.ts'
import type { ReviewDeps } from './review/review-deps.ts'

type ReviewParts = Pick<GroupParts, 'db' | 'nowMs' | 'sealEntry' | 'checked' | 'signDelivery'>

export const composeReview = ({ db, nowMs, sealEntry, checked, signDelivery }: ReviewParts): ReviewDeps => ({
  nowMs,
  sealEntry,
  signDelivery,
  readHeld: (wish) => checked((sessionId) => reviews.findHeld(db, { ...wish, sessionId, nowMs: nowMs() })),
  readOwnHeld: (rowsMax) => checked((sessionId) => reviews.findOwnHeld(db, { sessionId, rowsMax, nowMs: nowMs() })),
  readTiers: () => checked((sessionId) => reviews.findReviewTiers(db, { sessionId, nowMs: nowMs() })),
  readKnownBad: (wish) => checked((sessionId) => knownBad.findKnownBad(db, { ...wish, sessionId, nowMs: nowMs() })),
  approveHeld: (change) => reviews.approveHeld(db, change),
  refuseHeld: (change) => reviews.refuseHeld(db, change),
  setTiers: (wish) => reviews.setReviewTiers(db, wish),
  liftKnownBad: (wish) => knownBad.liftKnownBad(db, wish),
})
