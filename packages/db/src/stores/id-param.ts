import { sql, type SQL } from 'drizzle-orm'
import { uuidOf, type Id, type IdKind } from '@shoebox/shared/ids.ts'
import { written, type Slot } from '../declare-query.ts'

/** An id as a parameter of a statement written by hand: in an expression Postgres cannot tell its type by itself. */
export const uuid = <K extends IdKind>(id: Id<K> | Slot<Id<K>>): SQL => sql`${written(id, uuidOf)}::uuid`

/** Several, as an array. */
export const uuids = <K extends IdKind>(ids: readonly Id<K>[] | Slot<readonly Id<K>[]>): SQL =>
  sql`${written(ids, (all: readonly Id<K>[]) => `{${all.map(uuidOf).join(',')}}`)}::uuid[]`
