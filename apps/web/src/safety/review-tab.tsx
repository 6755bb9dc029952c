// The desk's part for what nobody has seen yet: what waits for a review, whose posts wait, and what may not come back.
import type { JSX } from 'solid-js'
import { ReviewHeld } from './review-held.tsx'
import { ReviewKnown } from './review-known.tsx'
import { ReviewTiers } from './review-tiers.tsx'

export const ReviewTab = (): JSX.Element => (
  <div class="flex flex-col gap-10">
    <ReviewHeld />
    <div class="grid items-start gap-10 wide:grid-cols-2">
      <ReviewTiers />
      <ReviewKnown />
    </div>
  </div>
)
