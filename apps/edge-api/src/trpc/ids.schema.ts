// Ids at the rim: text is checked once here and carries its kind from then on.
import * as z from 'zod/mini'
import { idPattern, isId, type IdKind, type Id } from '@shoebox/shared/ids.ts'

/** An id as a visitor sends it. */
export const idInput = <K extends IdKind>(kind: K) =>
  z.pipe(
    z.string().check(z.regex(idPattern(kind))),
    z.transform((text) => text as Id<K>),
  )

/** An id as the API answers it. */
export const idOutput = <K extends IdKind>(kind: K) =>
  z.custom<Id<K>>((value) => typeof value === 'string' && isId(kind, value))

/** The answer of what only succeeds or is refused. */
export const nothing = z.strictObject({})
