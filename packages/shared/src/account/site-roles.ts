/** What somebody may do on the site as a whole; what they may do in a group is the group's own affair. */
export const siteRoles = ['member', 'moderator', 'administrator'] as const
export type SiteRole = (typeof siteRoles)[number]
