// Who is apart: two people of whom one blocked the other. Neither meets the other, nor what the other made, in anything
// that is read, whichever of the two it was. Every store that shows people or what they made asks here.
import { sql, type SQL } from 'drizzle-orm'

/**
 * The people apart from somebody, as a list for `in (…)`. With a viewer that is the same for all rows Postgres reads it
 * once and keeps it hashed: a row then costs the same, however many are blocked.
 */
export const peopleApartFrom = (viewer: SQL): SQL => sql`
      select blocked_id from blocks where blocker_id = ${viewer}
      union all select blocker_id from blocks where blocked_id = ${viewer}`

/**
 * A condition: one of the two blocked the other. False for a viewer who is null, which is nobody signed in.
 * @param viewer an id, a column, or a query of one in brackets
 * @param other the same; where it is null the condition is null for a viewer who is apart from anybody
 */
export const isApart = (viewer: SQL, other: SQL): SQL => sql`${other} in (${peopleApartFrom(viewer)})`

/** A condition: neither blocked the other. What a reading statement asks of each row it shows. */
export const isNotApart = (viewer: SQL, other: SQL): SQL => sql`${other} not in (${peopleApartFrom(viewer)})`
