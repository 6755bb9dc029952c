// Whose public posts wait for a review before anybody sees them: those of accounts that are new, by tiers of their age.
// An account leaves its tier behind once as many of its posts are public as the tier asks for.

/** Accounts younger than `daysMax`, of any age where that is null: posts wait until `posts` of theirs are public. */
export type ReviewTier = { readonly daysMax: number | null; readonly posts: number }

export const tiersMax = 4
export const tierDaysMax = 3650
export const tierPostsMax = 1000

/** What holds where nobody set anything: nothing waits. */
export const defaultTiers: readonly ReviewTier[] = []

/** Why an item waits: its owner's first posts do, or it looks like something that was removed. */
export const heldReasons = ['first_posts', 'alike'] as const
export type HeldReason = (typeof heldReasons)[number]
