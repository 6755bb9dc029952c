// The rules of emailed six-digit codes, and of what a code or a link from a mail opens.

/** What a code may be asked for. One that was sent for a purpose opens nothing else. */
export const codePurposes = ['sign-up', 'sign-in', 'reset', 'change-address', 'step-up', 'appeal'] as const
export type CodePurpose = (typeof codePurposes)[number]

export const codeDigits = 6
export const codeLifetimeSeconds = 10 * 60
export const codeAttemptsMax = 5
/** How often a code may be sent, per address and per IP. */
export const codeSendLimits = [
  { windowSeconds: 60, sendsMax: 3 },
  { windowSeconds: 3600, sendsMax: 10 },
] as const

/** How long a session counts as stepped up after its code was entered. */
export const stepUpSeconds = 15 * 60

/** How long an export can be downloaded. */
export const exportDays = 7

/** How long a change of password or address can be undone from the mail that told of it. */
export const undoDays = 7
