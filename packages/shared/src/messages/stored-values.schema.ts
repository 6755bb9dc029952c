// What columns of Postgres take. A message that holds more is refused where it is made, while there still is somebody
// who can leave the detail out, and not where it is stored.
import * as z from 'zod/mini'
import { isWallClock } from '../media/wall-clock.ts'

/** `integer`, from 1 on. */
export const positiveInteger = z.int().check(z.positive(), z.maximum(2 ** 31 - 1))

/** `real`, above 0: Postgres refuses what would be stored as 0. */
export const positiveReal = (max: number) => z.number().check(z.minimum(2 ** -126), z.maximum(max))

/** Neither `text` nor `jsonb` takes NUL or half a surrogate pair. */
export const storedText = (lengthMax: number) => z.string().check(z.maxLength(lengthMax), z.regex(/^[^\0\p{Cs}]*$/u))

/** Up to 200 characters as toPlainWords counts them: one beyond the first plane has a length of two. */
export const plainWords = storedText(2 * 200).check(z.minLength(1))

/** Local wall-clock time, `YYYY-MM-DDTHH:MM:SS`. */
export const wallClock = z.string().check(z.refine(isWallClock))
