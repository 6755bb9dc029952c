// What waits for those who judge: cases with their reports and evidence, bans, warnings, appeals, and the log of it all.
import { uuidOf, type GroupId } from '@shoebox/shared/ids.ts'
import { siteChain, type AuditDetail } from '@shoebox/shared/safety/audit-entry.ts'
import type { AuditAction, AuditSubjectKind } from '@shoebox/shared/safety/audit-actions.ts'
import { sealForTest } from '@shoebox/testing/seal-audit.ts'
import { groupId, groupUuid } from './group-names.ts'
import { daysAgo, hoursAgo } from './moment.ts'
import { emailOf, people, personId, personUuid, type PersonName } from './people.ts'
import type { Pictures } from './pictures.ts'
import { uuid, type Row, type Tables } from './tables.ts'

export async function seedDesk(tables: Tables, pictures: Pictures): Promise<void> {
  await seedCases(tables, pictures)
  await seedBans(tables, pictures)
  await seedAudit(tables)
}

async function seedCases({ insert }: Tables, pictures: Pictures): Promise<void> {
  const snapshot = (person: PersonName, text = '', kind: string | null = null) => ({
    ...{ personName: people[person].name, groupName: null, text, altText: '', kind },
  })
  const report = (n: number, of: number, by: PersonName, why: readonly [string, string], seen: Row): Row => ({
    ...{ id: uuid('report', n), case_id: uuid('case', of), reporter_id: personUuid(by), reason: why[0], note: why[1] },
    ...{ snapshot: seen, created_at: hoursAgo(30 - n) },
  })
  const reported = uuidOf(pictures('reported'))
  const open = { opened_at: hoursAgo(29), last_reported_at: hoursAgo(27) }
  await insert(
    'cases',
    {
      ...{ id: uuid('case', 1), subject_kind: 'item', subject_id: reported, media_id: reported, state: 'quarantined' },
      ...{ person_id: personUuid('finn'), listing_before: 'listed', ...open, decided_by: personUuid('mo') },
      ...{ decided_at: hoursAgo(20), decision_note: 'Out of sight until Pat has had a look too.' },
    },
    {
      ...{ id: uuid('case', 2), subject_kind: 'comment', subject_id: uuid('comment', 3), state: 'open', ...open },
      ...{ person_id: personUuid('ela'), media_id: uuidOf(pictures('hill')), group_id: groupUuid('hills') },
    },
    {
      ...{ id: uuid('case', 3), subject_kind: 'person', subject_id: personUuid('finn'), state: 'dismissed', ...open },
      ...{ person_id: personUuid('finn'), decided_by: personUuid('pat'), decided_at: daysAgo(1) },
    },
  )
  await insert(
    'reports',
    report(
      1,
      1,
      'ada',
      ['harassment', 'This is my garden, and he knows it.'],
      snapshot('finn', 'Look who is home', 'image'),
    ),
    report(2, 1, 'chidi', ['spam', ''], snapshot('finn', 'Look who is home', 'image')),
    report(3, 2, 'chidi', ['other', 'Is this meant for me?'], snapshot('ela', 'Is that my hat?')),
    report(4, 3, 'gul', ['harassment', 'Writes to everybody'], snapshot('finn')),
  )
}

async function seedBans({ insert, query }: Tables, pictures: Pictures): Promise<void> {
  const ban = { user_id: personUuid('finn'), banned_by: personUuid('mo'), items: 'withdraw' }
  await insert(
    'bans',
    {
      ...{ ...ban, id: uuid('ban', 1), reason: 'Advertising under every picture.', banned_at: daysAgo(200) },
      ...{ address_hash: 'finn', ends_at: daysAgo(170) },
    },
    { ...ban, id: uuid('ban', 2), reason: 'Insults, again and again.', banned_at: daysAgo(1), address_hash: 'finn' },
  )
  await query('update users set ban_id = $1 where id = $2', [uuid('ban', 2), personUuid('finn')])
  const warning = { warned_by: personUuid('mo'), warned_at: daysAgo(2) }
  await insert(
    'warnings',
    {
      ...{ ...warning, id: uuid('warning', 1), user_id: personUuid('wren') },
      reason: 'Please ask people before you show their children here.',
    },
    {
      ...{ ...warning, id: uuid('warning', 2), user_id: personUuid('finn'), reason: 'Leave others in peace.' },
      ...{ warned_at: daysAgo(40), acknowledged_at: daysAgo(39) },
    },
  )
  const appeal = { created_at: hoursAgo(5) }
  await insert(
    'appeals',
    {
      ...{ ...appeal, id: uuid('appeal', 1), subject: 'item', subject_id: uuidOf(pictures('aside')) },
      ...{ user_id: personUuid('ada'), email: emailOf('ada'), text: 'It shows nobody but my own hens.' },
    },
    {
      ...{ ...appeal, id: uuid('appeal', 2), subject: 'ban', subject_id: uuid('ban', 2), user_id: personUuid('finn') },
      ...{ email: emailOf('finn'), text: 'It was my brother, on my phone.', created_at: hoursAgo(3) },
    },
  )
}

type Act = {
  readonly in: GroupId | null
  readonly by: PersonName
  readonly did: AuditAction
  readonly kind: AuditSubjectKind
  readonly to: string
  readonly detail?: AuditDetail
}

async function seedAudit({ insert }: Tables): Promise<void> {
  const hills = groupId('hills')
  const acts: readonly Act[] = [
    { in: hills, by: 'ada', did: 'group.created', kind: 'group', to: groupUuid('hills') },
    { in: hills, by: 'ada', did: 'invite.created', kind: 'invite', to: uuid('invite', 1) },
    { in: hills, by: 'bora', did: 'member.joined', kind: 'user', to: personUuid('bora') },
    {
      ...{ in: hills, by: 'ada', did: 'member.role_changed', kind: 'user', to: personUuid('bora') },
      detail: { from: 'contributor', to: 'admin' },
    },
    { in: hills, by: 'bora', did: 'item.removed_by_admin', kind: 'media', to: uuid('media', 1) },
    { in: null, by: 'pat', did: 'report.dismissed', kind: 'case', to: uuid('case', 3) },
    { in: null, by: 'mo', did: 'item.quarantined', kind: 'case', to: uuid('case', 1) },
    { in: null, by: 'mo', did: 'person.banned', kind: 'user', to: personUuid('finn') },
  ]
  for (const [index, act] of acts.entries()) {
    const atMs = daysAgo(acts.length - index).getTime()
    const subject = { kind: act.kind, id: null }
    const entry = sealForTest({ chain: act.in, action: act.did, actorId: personId(act.by), subject, atMs })
    await insert('audit_entries', {
      ...{ id: uuidOf(entry.id), chain: act.in === null ? siteChain : uuidOf(act.in), action: act.did, seq: 0 },
      ...{ actor_id: personUuid(act.by), subject_kind: act.kind, subject_id: act.to, detail: act.detail ?? {} },
      ...{ at: new Date(atMs), row_key: `\\x${entry.rowKey}`, mac: '\\x00' },
    })
  }
}
