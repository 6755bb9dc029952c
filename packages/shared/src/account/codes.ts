// The rules of emailed six-digit codes.

export const codeDigits = 6
export const codeLifetimeSeconds = 10 * 60
export const codeAttemptsMax = 5
/** How often a code may be sent, per address and per IP. */
export const codeSendLimits = [
  { windowSeconds: 60, sendsMax: 3 },
  { windowSeconds: 3600, sendsMax: 10 },
] as const
