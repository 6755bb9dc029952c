import { sql, type SQL } from 'drizzle-orm'
import { written, type Slot } from '../declare-query.ts'

const toText = (at: Date | number) => new Date(at).toISOString()

/** A moment as a parameter of a statement written by hand: in an expression Postgres cannot tell its type by itself. */
export const moment = (at: Date | number | Slot<Date> | Slot<number>): SQL => sql`${written(at, toText)}::timestamptz`
