// The reviews' part of the dictionary in use; see translation.ts.
import { enReview } from './en-review.ts'
import { inLanguage } from './translation.ts'

export const reviewWords = inLanguage(enReview, { tr: async () => (await import('./tr-review.ts')).trReview })
