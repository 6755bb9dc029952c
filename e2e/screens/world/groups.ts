// Groups and what goes on between people: members, invites, comments, likes, what one is told of, who blocked whom.
import { uuidOf } from '@shoebox/shared/ids.ts'
import { groupUuid, type GroupName } from './group-names.ts'
import { daysAgo, hoursAgo, minutesAgo } from './moment.ts'
import { personUuid, type PersonName } from './people.ts'
import type { PictureName, Pictures } from './pictures.ts'
import { uuid, type Row, type Tables } from './tables.ts'

/** An invite into the group `hills`, and one into a group that Ada is not in. */
export const inviteCodes = { hills: 'H7K3M9Q2WT', runners: 'R4N8V5C6XJ' } as const

const group = (name: GroupName, title: string, description: string, activeAt: Date, members: number): Row => ({
  id: groupUuid(name),
  name: title,
  description,
  created_at: daysAgo(380),
  active_at: activeAt,
  member_count: members,
})

const member = (name: GroupName, person: PersonName, role: string, days: number, seenAt = minutesAgo(1)): Row => ({
  group_id: groupUuid(name),
  user_id: personUuid(person),
  role,
  joined_at: daysAgo(days),
  seen_at: seenAt,
})

export async function seedGroups({ insert, query }: Tables): Promise<void> {
  await insert(
    'groups',
    group('hills', 'Weekend in the hills', 'Everything from our days out. Add what you have!', hoursAgo(3), 4),
    group('family', 'Family', '', daysAgo(2), 2),
    group('film', 'Analogue film club', 'Grain, light leaks and the occasional happy accident', daysAgo(9), 2),
    group('garden', 'Allotment 12', 'What grows, and what the snails left of it', daysAgo(50), 1),
    group('runners', 'Sunday runners', 'Slow and steady', daysAgo(4), 1),
  )
  await insert(
    'memberships',
    member('hills', 'ada', 'owner', 380, daysAgo(60)),
    member('hills', 'bora', 'admin', 350),
    member('hills', 'chidi', 'contributor', 200),
    member('hills', 'ela', 'viewer', 30),
    member('family', 'ada', 'owner', 300),
    member('family', 'bora', 'contributor', 290),
    member('film', 'chidi', 'owner', 220),
    member('film', 'ada', 'contributor', 100),
    member('garden', 'ada', 'owner', 50),
    member('runners', 'gul', 'owner', 90),
  )
  const invite = { group_id: groupUuid('hills'), created_by: personUuid('ada'), created_at: daysAgo(20) }
  await insert(
    'invites',
    { ...invite, id: uuid('invite', 1), code: inviteCodes.hills, role: 'contributor', needs_approval: false, uses: 2 },
    {
      ...invite,
      ...{ id: uuid('invite', 2), code: 'B2D4F6H8JK', role: 'viewer', needs_approval: true },
      uses: 1,
      uses_max: 1,
    },
    {
      ...invite,
      ...{ id: uuid('invite', 3), code: 'C3E5G7K9MN', role: 'viewer', needs_approval: true },
      revoked_at: daysAgo(5),
    },
    {
      ...{ id: uuid('invite', 4), code: inviteCodes.runners, role: 'contributor', needs_approval: true },
      ...{ group_id: groupUuid('runners'), created_by: personUuid('gul'), created_at: daysAgo(8) },
    },
  )
  const asked = { role: 'contributor', created_at: hoursAgo(4) }
  await insert(
    'join_requests',
    { ...asked, group_id: groupUuid('hills'), user_id: personUuid('gul'), invite_id: uuid('invite', 1) },
    { ...asked, group_id: groupUuid('runners'), user_id: personUuid('ada'), invite_id: uuid('invite', 4) },
  )
  await insert('blocks', { blocker_id: personUuid('ada'), blocked_id: personUuid('finn'), created_at: daysAgo(12) })
  await query(`update groups set joining = 'open' where id = $1`, [groupUuid('hills')])
}

/** What is about pictures, once they are there. */
export async function seedTalk({ insert, query }: Tables, pictures: Pictures): Promise<void> {
  const picture = (name: PictureName): string => uuidOf(pictures(name))
  const said: readonly (readonly [PersonName, string, Date])[] = [
    ['bora', 'The best sandwich of my life.', daysAgo(39)],
    ['chidi', 'And the longest way down afterwards. Never again, or rather: when do we go again?', daysAgo(38)],
    ['ela', 'Is that my hat?', hoursAgo(20)],
  ]
  for (const [index, [author, text, at]] of said.entries()) {
    const id = uuid('comment', index + 1)
    await insert('comments', { id, media_id: picture('hill'), author_id: personUuid(author), text, created_at: at })
  }
  for (const name of ['night', 'dusk', 'noon'] as const)
    await insert('likes', { user_id: personUuid('ada'), media_id: picture(name), created_at: daysAgo(1) })
  await insert('hidden_items', { user_id: personUuid('ada'), media_id: picture('unwanted'), hidden_at: daysAgo(3) })
  await query('update groups set cover_id = $1 where id = $2', [picture('sunset'), groupUuid('hills')])
  await query('update users set avatar_id = $1 where id = $2', [picture('face'), personUuid('ada')])
  await insert('notifications', ...listNotifications(picture))
}

function listNotifications(picture: (name: PictureName) => string): Row[] {
  const hills = groupUuid('hills')
  const told = (kind: string, actor: PersonName, at: Date, more: Row): Row => ({
    ...{ user_id: personUuid('ada'), kind, actor_id: personUuid(actor), count: 1, pushed_at: at },
    ...{ first_at: at, last_at: at, closed_at: at },
    ...more,
  })
  return [
    told('join_requested', 'gul', hoursAgo(4), { group_id: hills }),
    told('items_added', 'chidi', hoursAgo(6), { group_id: hills, media_id: picture('mist'), count: 4 }),
    told('commented', 'ela', hoursAgo(20), { group_id: hills, media_id: picture('hill'), read_at: hoursAgo(18) }),
    told('liked', 'bora', daysAgo(1), { media_id: picture('morning'), count: 3, read_at: hoursAgo(18) }),
    told('item_quarantined', 'ada', daysAgo(2), { media_id: picture('aside'), read_at: daysAgo(1) }),
    told('accepted', 'chidi', daysAgo(100), { group_id: groupUuid('film'), read_at: daysAgo(99) }),
  ]
}
