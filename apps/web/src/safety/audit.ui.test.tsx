import { expect, test } from 'vitest'
import { auditActions } from '@shoebox/shared/safety/audit-actions.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { show } from '../../test/render.tsx'
import { auditWords } from '../words/audit-words.ts'
import { writeRow } from './audit-export.ts'
import { everything, findBy, type AuditFilter, type Entry } from './audit-query.ts'
import { AuditRow } from './audit-row.tsx'
import { tellEntry } from './name-entry.ts'

const [ann, bob] = [numberedId('user', 1), numberedId('user', 2)]
const groupId = numberedId('group', 1)
const entry: Entry = {
  id: numberedId('audit', 1),
  at: '2026-06-15T12:00:00.000Z',
  seq: 7,
  mac: 'ab'.repeat(32),
  action: 'member.removed',
  group: { id: groupId, name: 'Friends' },
  actor: { id: ann, name: 'Ann' },
  subject: { kind: 'user', id: bob, name: 'Bob' },
  detail: {},
}

test('an entry says who did what to whom, and of who is gone that they are', () => {
  expect(tellEntry(entry)).toBe('Ann removed Bob')
  expect(tellEntry({ ...entry, subject: { ...entry.subject, name: null } })).toBe('Ann removed somebody who left')
  expect(tellEntry({ ...entry, actor: { id: ann, name: null } })).toBe('Somebody who left removed Bob')
  expect(
    tellEntry({ ...entry, actor: null, action: 'role.set', detail: { from: 'member', to: 'administrator' } }),
  ).toBe('An operator of the system changed what Bob may do here from member to administrator')
  const left = { kind: 'user', id: ann, name: null } as const
  expect(tellEntry({ ...entry, action: 'member.joined', actor: { id: ann, name: null }, subject: left })).toBe(
    'Somebody who left joined',
  )
})

test('every action has a sentence and a name that tell it from all others', () => {
  const sentences = auditActions.map((action) => tellEntry({ ...entry, action }))
  expect(new Set(sentences).size).toBe(auditActions.length)
  expect(new Set(Object.values(auditWords.actions)).size).toBe(auditActions.length)
})

test('whoever did it, whom it concerned and where it was can be looked for from the entry', () => {
  let filter: AuditFilter = everything
  const page = show(() => (
    <AuditRow entry={entry} source={{ kind: 'site' }} filter={filter} onFilter={(next) => (filter = next)} />
  ))
  expect(page.textContent).toContain('in Friends')
  const buttons = [...page.querySelectorAll('button')]
  expect(buttons.map((button) => button.textContent)).toEqual(['Only by Ann', 'Only about Bob', 'Only in Friends'])
  buttons[1]?.click()
  expect(filter).toEqual({ ...everything, subject: { id: bob, name: 'Bob' } })
  buttons[2]?.click()
  expect(filter).toEqual({ ...everything, group: { id: groupId, name: 'Friends' } })
})

test('in a group nothing leads out of it', () => {
  const page = show(() => (
    <AuditRow entry={entry} source={{ kind: 'group', groupId }} filter={everything} onFilter={() => undefined} />
  ))
  expect(page.textContent).not.toContain('Friends')
})

test('an id that somebody pasted is looked for, whatever it is of', () => {
  expect(findBy(` ${groupId}\n`, everything)).toMatchObject({ group: { id: groupId } })
  expect(findBy(bob, everything)).toMatchObject({ subject: { id: bob } })
  expect(findBy('Bob', everything)).toBeNull()
})

test('a row of a table holds any name, and runs none', () => {
  const row = writeRow({ ...entry, actor: { id: ann, name: '=1+1, "x"' }, group: null })
  expect(row).toContain(`,"'=1+1, ""x""",user,`)
  expect(row.endsWith(`7,${'ab'.repeat(32)}\r\n`)).toBe(true)
})
