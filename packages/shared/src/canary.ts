// The canary: a made-up person whose files go through the whole pipeline on a schedule, to prove that it works. Its ids
// begin where no id of a real one can (a UUIDv7 of the year 1970), so that its rights end at what is its own.
import { makeId, type MediaId, type UserId } from './ids.ts'

export const canaryUserId = 'usr_00000000-0000-7000-8000-00000000ca11' as UserId

/** Nobody can receive mail there, so nobody can ever sign in as the canary. */
export const canaryEmail = 'canary@shoebox.invalid'

/**
 * All ids of its items begin with `med_00000000-0000-7`.
 * @param random 10 random bytes
 */
export const makeCanaryMediaId = (random: Uint8Array): MediaId => makeId('media', 0, random)
