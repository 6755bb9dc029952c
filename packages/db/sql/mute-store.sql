-- findMuteState, one batch
select 'group' as kind, groups.name as "groupName", memberships.notifications as level
from memberships join groups on groups.id = memberships.group_id
where memberships.user_id = $1::uuid and memberships.group_id = $2::uuid;
select 'digest' as kind, coalesce(digests.frequency, 'weekly') as frequency
from users left join digests on digests.user_id = users.id where users.id = $1::uuid;

-- setLevel
with before as (
select 'group' as kind, groups.name as "groupName", memberships.notifications as level
from memberships join groups on groups.id = memberships.group_id
where memberships.user_id = $1::uuid and memberships.group_id = $2::uuid), changed as (
    update memberships set notifications = $3
    where user_id = $4::uuid and group_id = $5::uuid
  )
  select * from before;

-- setFrequency
with before as (
select 'digest' as kind, coalesce(digests.frequency, 'weekly') as frequency
from users left join digests on digests.user_id = users.id where users.id = $1::uuid), changed as (
    insert into digests (user_id, frequency) select id, $2 from users where id = $3::uuid
    on conflict (user_id) do update set frequency = excluded.frequency, due_at = null,
      waits_since = case excluded.frequency when 'off' then null else digests.waits_since end
  )
  select * from before;
