// The reviews' part of the dictionary in use; see words.ts.
import { enReview } from './en-review.ts'
import { translated } from './translation.ts'

export type ReviewWords = typeof enReview

export const reviewWords: ReviewWords = translated('review', enReview)
