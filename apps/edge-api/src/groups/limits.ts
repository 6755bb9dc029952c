/** How many may belong to one group, and to how many groups one person may belong: both are answered whole. */
export const membersMax = 500
export const groupsMax = 200

/** How many invites of a group may be open at a time. */
export const openInvitesMax = 100
