// Who may do what in a group. A role holds every right of the roles below it.

/** From the least to the most. */
export const roles = ['viewer', 'contributor', 'admin', 'owner'] as const

export type Role = (typeof roles)[number]

const rankOf = (role: Role): number => roles.indexOf(role)

export const isAtLeast = (role: Role, least: Role): boolean => rankOf(role) >= rankOf(least)

/** The roles that somebody with `role` may remove: those below, for admins and owners alone. */
export const mayGovern = (role: Role, other: Role): boolean => isAtLeast(role, 'admin') && rankOf(role) > rankOf(other)
