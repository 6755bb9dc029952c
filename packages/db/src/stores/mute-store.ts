// What a link in a mail may do for whoever has it, without a session: tell somebody less of one group, or mail them no
// more digests, and take that back. The link was signed by us; who it is for stands in it.
import { sql, type SQL } from 'drizzle-orm'
import type { NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import type { GroupId, UserId } from '@shoebox/shared/ids.ts'
import type { DigestFrequency } from '@shoebox/shared/notices/digest.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import { declareQuery, type Given, type Slots } from '../declare-query.ts'
import { retryRead } from '../database-fault.ts'
import { uuid } from './id-param.ts'

/** A group of somebody's, or, without one, their digest. */
export type Muted = { readonly userId: UserId; readonly groupId: GroupId | null }

export type MuteState =
  | { readonly kind: 'group'; readonly groupName: string; readonly level: NotificationLevel }
  | { readonly kind: 'digest'; readonly frequency: DigestFrequency }

type GroupOf = { readonly userId: UserId; readonly groupId: GroupId }

const groupState = ({ userId, groupId }: Given<GroupOf>): SQL => sql`
  select 'group' as kind, groups.name as "groupName", memberships.notifications as level
  from memberships join groups on groups.id = memberships.group_id
  where memberships.user_id = ${uuid(userId)} and memberships.group_id = ${uuid(groupId)}`

const digestState = ({ userId }: Given<{ readonly userId: UserId }>): SQL => sql`
  select 'digest' as kind, coalesce(digests.frequency, 'weekly') as frequency
  from users left join digests on digests.user_id = users.id where users.id = ${uuid(userId)}`

const stateQuery = declareQuery((db, { userId, groupId }: Slots<Muted>) =>
  db.execute<MuteState>(groupId === null ? digestState({ userId }) : groupState({ userId, groupId })),
)

/** How it is. Null: they are gone, or do not belong to the group. */
export async function findMuteState(db: EdgeDatabase, muted: Muted): Promise<MuteState | null> {
  const { rows } = await retryRead(() => stateQuery(db, muted))
  return rows[0] ?? null
}

/** Sets how much somebody is told of a group. Answers how it was before, or null as above. */
export async function setLevel(
  db: EdgeDatabase,
  { userId, groupId, level }: { readonly userId: UserId; readonly groupId: GroupId; readonly level: NotificationLevel },
): Promise<MuteState | null> {
  const { rows } = await db.execute<MuteState>(sql`
    with before as (${groupState({ userId, groupId })}), changed as (
      update memberships set notifications = ${level}
      where user_id = ${uuid(userId)} and group_id = ${uuid(groupId)}
    )
    select * from before`)
  return rows[0] ?? null
}

/** Sets how often somebody is mailed a digest; what waits for one waits on unless there is to be none. */
export async function setFrequency(
  db: EdgeDatabase,
  { userId, frequency }: { readonly userId: UserId; readonly frequency: DigestFrequency },
): Promise<MuteState | null> {
  const { rows } = await db.execute<MuteState>(sql`
    with before as (${digestState({ userId })}), changed as (
      insert into digests (user_id, frequency) select id, ${frequency} from users where id = ${uuid(userId)}
      on conflict (user_id) do update set frequency = excluded.frequency, due_at = null,
        waits_since = case excluded.frequency when 'off' then null else digests.waits_since end
    )
    select * from before`)
  return rows[0] ?? null
}
