import { sql, type SQL } from 'drizzle-orm'
import { uuidOf, type Id, type IdKind } from '@shoebox/shared/ids.ts'

/** An id as a parameter of a statement written by hand: in an expression Postgres cannot tell its type by itself. */
export const uuid = <K extends IdKind>(id: Id<K>): SQL => sql`${uuidOf(id)}::uuid`

/** Several, as an array. */
export const uuids = <K extends IdKind>(ids: readonly Id<K>[]): SQL => sql`${`{${ids.map(uuidOf).join(',')}}`}::uuid[]`
