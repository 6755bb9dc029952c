// Why something is reported, and what becomes of it.

/** Why somebody reports something; the note says the rest. */
export const reportReasons = ['violence', 'nudity', 'harassment', 'hate', 'spam', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

export const reportNoteCharactersMax = 500

/** What can be reported. */
export const subjectKinds = ['item', 'comment', 'person'] as const
export type SubjectKind = (typeof subjectKinds)[number]

/**
 * How a case stands. `open` and `quarantined` wait for a decision; a quarantined item is out of sight meanwhile. All
 * others are an end, and are kept for ever.
 */
export const caseStates = ['open', 'quarantined', 'dismissed', 'restored', 'removed', 'warned', 'banned'] as const
export type CaseState = (typeof caseStates)[number]

export const undecidedStates = ['open', 'quarantined'] as const satisfies readonly CaseState[]

/** What may be decided of a case, beside warning or banning its person. */
export const decisions = ['dismiss', 'quarantine', 'restore', 'remove'] as const
export type Decision = (typeof decisions)[number]

/** Why an administrator looks at something that nobody reported. Words of ours alone: the audit log keeps them for ever. */
export const breakGlassReasons = ['danger_to_life', 'legal_order', 'owner_asked', 'technical_fault'] as const
export type BreakGlassReason = (typeof breakGlassReasons)[number]

/** How many cases one call decides. */
export const decidedMax = 30

/** How long evidence is kept after the decision. */
export const evidenceDays = 365
