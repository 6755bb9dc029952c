// How people come into a group: by an invite, whose code is typed, opened as a link or read from a QR code.

/** `open`: an invite lets in at once, unless it asks for approval. `approval`: always ask. `closed`: nobody comes in. */
export const joiningModes = ['open', 'approval', 'closed'] as const

export type JoiningMode = (typeof joiningModes)[number]

/** Without letters and digits that look alike; 10 of these are 49 bits. */
export const inviteAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const inviteCodeLength = 10

export const invitePattern = new RegExp(`^[${inviteAlphabet}]{${inviteCodeLength}}$`)

/** What people type in is forgiven its spaces, dashes and small letters. */
export const readInviteCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '')

/** @param random at least 40 random bytes; a byte that would favour the first letters is passed over. */
export function makeInviteCode(random: Uint8Array): string {
  const fairBelow = 256 - (256 % inviteAlphabet.length)
  const letters = [...random]
    .filter((byte) => byte < fairBelow)
    .map((byte) => inviteAlphabet[byte % inviteAlphabet.length])
  if (letters.length < inviteCodeLength) throw new Error('too few random bytes for an invite code')
  return letters.slice(0, inviteCodeLength).join('')
}
