// Who is apart: two people of whom one blocked the other. Neither meets the other, nor what the other made, in anything
// that is read, whichever of the two it was. Every store that shows people or what they made asks here.
import { sql, type SQL } from 'drizzle-orm'
import type { Given } from '../declare-query.ts'
import { media } from '../schema/media.ts'
import { moment } from './moment.ts'

/** Who looks. Whether the session lives is asked by the statement; one that does not is nobody's. */
export type Viewer = { readonly sessionId: string; readonly nowMs: number }

/** The viewer's id as a value of the statement: null for nobody. The same for all its rows, so read once. */
export const viewerId = ({ sessionId, nowMs }: Given<Viewer>): SQL =>
  sql`(select sessions.user_id from sessions where sessions.id = ${sessionId} and sessions.expires_at > ${moment(nowMs)})`

/** The people apart from somebody. Read once where that is the viewer, who is the same for all rows. */
const peopleApartFrom = (somebody: SQL): SQL =>
  sql`select blocked_id from blocks where blocker_id = ${somebody} union all select blocker_id from blocks where blocked_id = ${somebody}`

/**
 * A condition: one of the two blocked the other. Not so for nobody, that is null.
 * @param somebody an id, a column, or a query of one in brackets
 * @param other the same; where it is null the answer is null once somebody is apart from anybody
 */
export const isApart = (somebody: SQL, other: SQL): SQL => sql`${other} = any(array(${peopleApartFrom(somebody)}))`

/**
 * A condition: neither blocked the other. What a reading statement asks of each row it shows: the people apart from the
 * viewer are hashed once, and a row costs the same however many they are.
 */
export const isNotApart = (somebody: SQL, other: SQL): SQL => sql`${other} not in (${peopleApartFrom(somebody)})`

/** The row of media at hand is not of somebody apart from the viewer. */
export const isOfNobodyApart = (viewer: Given<Viewer>): SQL => isNotApart(viewerId(viewer), sql`${media.ownerId}`)
