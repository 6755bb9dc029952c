/**
 * What others get when they download from a group. `keep`: the original. `strip`: a copy without where it was taken.
 * `coarse`: the same copy, and the country and nearest city are shown beside it. The owner of an item always has the
 * original.
 */
export const locationPolicies = ['strip', 'coarse', 'keep'] as const

export type LocationPolicy = (typeof locationPolicies)[number]

/** How much of a group somebody wants to be told. */
export const notificationLevels = ['all', 'highlights', 'none'] as const

export type NotificationLevel = (typeof notificationLevels)[number]

export const groupNameCharactersMax = 80
export const groupDescriptionCharactersMax = 500
export const captionCharactersMax = 500
export const altTextCharactersMax = 500
export const commentCharactersMax = 500

/** How long the trash keeps what was put into it. */
export const trashDays = 30
