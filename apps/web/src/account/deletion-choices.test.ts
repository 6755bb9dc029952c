import { expect, test } from 'vitest'
import { countItemsLeft, fateOf, writeChoices, type OwnedGroup, type Preview } from './deletion-choices.ts'

const idOf = (n: number) => `01990000-0000-7000-8000-00000000000${n}`
const groupOf = (n: number) => `grp_${idOf(n)}` as OwnedGroup['id']
const ada = `usr_${idOf(1)}` as NonNullable<OwnedGroup['successor']>['id']
const ben = `usr_${idOf(2)}` as typeof ada

const shared: OwnedGroup = {
  id: groupOf(1),
  name: 'Climbers',
  itemCount: 5,
  memberCount: 3,
  successor: { id: ada, name: 'Ada' },
}
const alone: OwnedGroup = { id: groupOf(2), name: 'Drafts', itemCount: 7, memberCount: 1, successor: null }
const preview: Preview = {
  items: 20,
  bytes: 1000,
  ownedGroups: [shared, alone],
  memberGroups: [{ id: groupOf(3), name: 'Family', itemCount: 2 }],
}
const nothingChosen = { fates: {}, items: 'delete' } as const

test('without a choice a group goes to whoever is next in line, and one without others ends', () => {
  expect(writeChoices(preview, nothingChosen)).toEqual({
    items: 'delete',
    groups: [
      { groupId: shared.id, choice: 'handOver', successorId: ada },
      { groupId: alone.id, choice: 'end' },
    ],
  })
})

test('what is chosen is what the API is told', () => {
  const chosen = { fates: { [shared.id]: ben }, items: 'handOver' } as const
  expect(fateOf(shared, chosen)).toBe(ben)
  expect(writeChoices(preview, chosen)).toMatchObject({ items: 'handOver', groups: [{ successorId: ben }, {}] })
  expect(writeChoices(preview, { fates: { [shared.id]: 'end' }, items: 'delete' }).groups[0]).toEqual({
    groupId: shared.id,
    choice: 'end',
  })
})

test('items are left only in groups that go on', () => {
  expect(countItemsLeft(preview, nothingChosen)).toBe(7)
  expect(countItemsLeft(preview, { fates: { [shared.id]: 'end' }, items: 'delete' })).toBe(2)
})
