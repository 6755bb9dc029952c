// What somebody chooses about what they leave behind when their account goes, and how the API is told.
import type { Outputs } from '../api/client.ts'

export type Preview = Outputs['account']['previewDeletion']
export type OwnedGroup = Preview['ownedGroups'][number]
type UserId = NonNullable<OwnedGroup['successor']>['id']

/** Who owns a group then, or that it ends. */
export type GroupFate = UserId | 'end'

export type Choices = {
  readonly fates: Readonly<Record<OwnedGroup['id'], GroupFate>>
  readonly items: 'delete' | 'handOver'
}

/** A group goes to whoever is next in line unless something else is chosen; one without others ends. */
export const fateOf = (group: OwnedGroup, { fates }: Choices): GroupFate =>
  fates[group.id] ?? group.successor?.id ?? 'end'

/** Items of theirs in groups that go on without them: what the choice about items is about. */
export const countItemsLeft = ({ memberGroups, ownedGroups }: Preview, choices: Choices): number =>
  [...memberGroups, ...ownedGroups.filter((group) => fateOf(group, choices) !== 'end')].reduce(
    (sum, { itemCount }) => sum + itemCount,
    0,
  )

export const writeChoices = ({ ownedGroups }: Preview, choices: Choices) => ({
  items: choices.items,
  groups: ownedGroups.map((group) => {
    const fate = fateOf(group, choices)
    return fate === 'end'
      ? { groupId: group.id, choice: 'end' as const }
      : { groupId: group.id, choice: 'handOver' as const, successorId: fate }
  }),
})
