// Whose public posts wait for a review: a number that is written on a row when it is reserved, and asked when its item
// would become public. What administrators set in between changes nothing for it. And who sees what waits.
import { sql, type SQL } from 'drizzle-orm'
import type { Given } from '../declare-query.ts'
import { users } from '../schema/accounts.ts'
import { media } from '../schema/media.ts'
import { siteSettings } from '../schema/review.ts'
import { viewerId, type Viewer } from './block-filter.ts'
import { moment } from './moment.ts'

/**
 * How many posts an account has to have in public before the next needs no review, by the tier for its age: the one
 * with the lowest limit that it is still under. Nobody reviews moderators. Within a statement that has the row of `users`.
 */
export const reviewFirstOf = (nowMs: number): SQL => sql`case when ${users.role} <> 'member' then 0 else coalesce((
        select tier.posts from ${siteSettings},
          jsonb_to_recordset(value) as tier("daysMax" int, posts int)
        where name = 'review_tiers' and (tier."daysMax" is null
          or ${users.createdAt} > ${moment(nowMs)} - interval '1 day' * tier."daysMax")
        order by tier."daysMax" nulls last limit 1), 0) end`

/**
 * Whether a post that would become public now is among its owner's first. Counts no further than it must.
 * @param reviewFirst, @param owner columns of the row, with its name before them: `media` has the same ones
 */
export const isAmongFirst = (reviewFirst: string, owner: string): string =>
  `(${reviewFirst} > 0 and (select count(*) from (
      select 1 from media as shown where shown.owner_id = ${owner} and shown.is_public limit ${reviewFirst}
    ) as found) < ${reviewFirst})`

/** A condition on the row of media at hand: it waits for a review, and the viewer is its owner, who alone sees it. */
export const isOwnHeld = (viewer: Given<Viewer>): SQL => sql`(${media.listing} = 'held' and ${media.state} = 'ready'
      and ${media.purpose} = 'item' and ${media.ownerId} = ${viewerId(viewer)})`
