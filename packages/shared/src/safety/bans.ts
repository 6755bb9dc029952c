// Bans, warnings and appeals: their words and bounds.

/** What becomes of a banned person's items: they stay where they are, or nobody sees them until the ban is over. */
export const bannedItemsChoices = ['keep', 'withdraw'] as const
export type BannedItemsChoice = (typeof bannedItemsChoices)[number]

/** Of a ban and of a warning. Whoever it is about reads it. */
export const reasonCharactersMax = 500

/** How long a ban with an end may last; what is to last longer has none. */
export const banDaysMax = 366

/** What can be appealed against: being banned, or that one's item was put aside or removed. */
export const appealSubjects = ['ban', 'item'] as const
export type AppealSubject = (typeof appealSubjects)[number]

export const appealCharactersMax = 1000

export const appealOutcomes = ['granted', 'denied'] as const
export type AppealOutcome = (typeof appealOutcomes)[number]

/** What whoever appealed is answered. */
export const answerCharactersMax = 500
