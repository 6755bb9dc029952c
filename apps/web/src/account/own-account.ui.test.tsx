import { expect, test } from 'vitest'
import { need, show } from '../../test/render.tsx'
import { Leavings } from './leavings.tsx'
import { SessionRow } from './sessions-section.tsx'

type RowProps = Parameters<typeof SessionRow>[0]
type Preview = Parameters<typeof Leavings>[0]['preview']

const session: RowProps['session'] = {
  id: 'x'.repeat(43),
  browser: 'Firefox',
  system: 'Android',
  country: 'PT',
  city: 'Porto',
  createdAt: '2026-01-02T10:00:00.000Z',
  lastSeenAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
  isCurrent: false,
}
const drawRow = (changes: Partial<RowProps['session']> = {}) =>
  show(() => <SessionRow session={{ ...session, ...changes }} isBusy={false} onEnd={() => undefined} />)

test('a session tells its device, its place and when it was last used', () => {
  const text = drawRow().textContent ?? ''
  expect(text).toContain('Firefox on Android')
  expect(text).toContain('Porto, Portugal · Last seen 3 hours ago')
  expect(text).toContain('Signed in Jan 2, 2026')
})

test('what is not known of a session is left out, and the present one is called that', () => {
  const text = drawRow({ browser: null, system: null, city: null, country: null, isCurrent: true }).textContent ?? ''
  expect(text).toContain('Unknown device')
  expect(text).toContain('This browser')
  expect(text).not.toContain('·')
})

test('the buttons of two sessions have names of their own', () => {
  const name = (page: HTMLElement) => need(page, 'button').getAttribute('aria-label')
  expect(name(drawRow())).toBe('Sign out Firefox on Android')
  expect(name(drawRow({ browser: 'Safari', system: 'iPhone' }))).toBe('Sign out Safari on iPhone')
})

const group: Preview['ownedGroups'][number] = {
  id: 'grp_01990000-0000-7000-8000-000000000001' as Preview['ownedGroups'][number]['id'],
  name: 'Climbers',
  memberCount: 1,
  itemCount: 3,
  successor: null,
}
const drawLeavings = (changes: Partial<Preview>) => {
  const preview = { items: 3, bytes: 5 * 2 ** 20, ownedGroups: [], memberGroups: [], ...changes }
  return show(() => <Leavings preview={preview} choices={{ fates: {}, items: 'delete' }} onChoose={() => undefined} />)
}

test('before a deletion its extent is told in numbers', () => {
  expect(drawLeavings({}).textContent).toContain('3 items, 5 MB')
  expect(drawLeavings({ items: 0, bytes: 0 }).textContent).not.toContain('0 items')
})

test('a group without others ends, and nothing is asked about it or what is in it', () => {
  const page = drawLeavings({ ownedGroups: [group] })
  expect(page.textContent).toContain('Ends with your account')
  expect(page.querySelector('select, input')).toBeNull()
})

test('items in groups that go on can be deleted or given to the owners', () => {
  const page = drawLeavings({ memberGroups: [{ id: group.id, name: 'Family', itemCount: 2 }] })
  expect(page.textContent).toContain('Your 2 items in groups that go on')
  expect([...page.querySelectorAll('input')].map((input) => input.value)).toEqual(['delete', 'handOver'])
})
