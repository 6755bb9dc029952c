// The words of what one was told, in English. Apart from the rest, because they are fetched with their screen.
import type { Role } from '@shoebox/shared/groups/roles.ts'

const numbers = new Intl.NumberFormat('en')
const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many)
const some = (count: number, one: string, many: string): string =>
  plural(count, one, `${numbers.format(count)} ${many}`)
const roles: Record<Role, string> = {
  viewer: 'a viewer',
  contributor: 'a contributor',
  admin: 'an admin',
  owner: 'the owner',
}

/** Who did it, how often, where (null: the public feed), and what the reader is in that group by now. */
type Told = {
  readonly actor: string
  readonly count: number
  readonly group: string | null
  readonly role: Role | null
}

const place = ({ group }: Told): string => (group === null ? '' : ` in ${group}`)

export const enNotifications = {
  list: 'Notifications, newest first',
  emptyTitle: 'Nothing yet',
  empty: 'When somebody comments on or likes something of yours, or adds to a group of yours, it stands here.',
  failedTitle: 'Your notifications did not load',
  unread: 'New',
  sentences: {
    items_added: (told: Told) => `${told.actor} added ${some(told.count, 'an item', 'items')} to ${told.group ?? ''}`,
    join_requested: (told: Told) => `${told.actor} asks to join ${told.group ?? ''}`,
    accepted: (told: Told) => `${told.actor} let you into ${told.group ?? ''}`,
    removed: (told: Told) => `${told.actor} removed you from ${told.group ?? ''}`,
    role_changed: (told: Told) =>
      told.role === null
        ? `${told.actor} changed your role in ${told.group ?? ''}`
        : `${told.actor} changed your role: you are ${roles[told.role]} of ${told.group ?? ''}`,
    commented: (told: Told) =>
      `${told.actor} ${plural(told.count, 'commented', `wrote ${numbers.format(told.count)} comments`)} on ${plural(told.count, 'an item', 'items')} of yours${place(told)}`,
    liked: (told: Told) => `${told.actor} liked ${some(told.count, 'an item', 'items')} of yours${place(told)}`,
    item_removed: (told: Told) =>
      `${told.actor} took ${some(told.count, 'an item', 'items')} of yours out of ${told.group ?? ''}`,
  },
}
