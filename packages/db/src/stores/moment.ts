import { sql, type SQL } from 'drizzle-orm'

/** A moment as a parameter of a statement written by hand: in an expression Postgres cannot tell its type by itself. */
export const moment = (at: Date | number): SQL => sql`${new Date(at).toISOString()}::timestamptz`
