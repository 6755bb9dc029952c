import { expect, test } from 'vitest'
import { isSiteKind, noticeKinds, siteKinds } from '@shoebox/shared/notices/kinds.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { need, show } from '../../test/render.tsx'
import { NotificationRow, type Notification } from './notification-row.tsx'

const group = { id: numberedId('group', 1), name: 'Alps', role: 'admin' } as const
const mediaId = numberedId('media', 1)
const make = (changes: Partial<Notification>): Notification => ({
  id: 1,
  kind: 'items_added',
  actor: { id: numberedId('user', 1), name: 'Ada', avatar: null },
  group,
  mediaId,
  count: 1,
  lastAt: new Date().toISOString(),
  isRead: true,
  ...changes,
})
const textOf = (changes: Partial<Notification>) =>
  need(
    show(() => <NotificationRow notification={make(changes)} />),
    'li a',
  ).textContent

test('a row says who did what, how often and where', () => {
  const others = noticeKinds.filter((kind) => !isSiteKind(kind))
  expect(others.map((kind) => textOf({ kind }).replace(/ just now$/, ''))).toEqual([
    'AAda added an item to Alps',
    'AAda asks to join Alps',
    'AAda let you into Alps',
    'AAda removed you from Alps',
    'AAda changed your role: you are an admin of Alps',
    'AAda commented on an item of yours in Alps',
    'AAda liked an item of yours in Alps',
    'AAda took an item of yours out of Alps',
  ])
  expect(textOf({ count: 1_234 })).toContain('Ada added 1,234 items to Alps')
  expect(textOf({ kind: 'commented', count: 3 })).toContain('Ada wrote 3 comments on items of yours in Alps')
  expect(textOf({ kind: 'liked', count: 2, group: null })).toContain('Ada liked 2 items of yours')
})

test('what the site tells names nobody', () => {
  for (const kind of siteKinds) expect(textOf({ kind, group: null })).not.toContain('Ada')
  expect(textOf({ kind: 'item_taken_down', count: 3 })).toContain('3 items of yours were removed')
})

test('what is new says so, to the ear as well', () => {
  expect([textOf({ isRead: false }).endsWith('New'), textOf({}).endsWith('New')]).toEqual([true, false])
})

test('a row leads to the item', () => {
  const row = show(() => <NotificationRow notification={make({ kind: 'commented' })} />)
  expect(need(row, 'li a').getAttribute('href')).toBe(`/g/${group.id}/p/${mediaId}`)
})
