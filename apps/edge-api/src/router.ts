// Every procedure there is. The web client sees nothing of this app but the type below.
import { accountRouter } from './account/account.router.ts'
import { blocksRouter } from './blocks/blocks.router.ts'
import { auditRouter } from './audit/audit.router.ts'
import { commentsRouter } from './comments/comments.router.ts'
import { adminRouter } from './admin/admin.router.ts'
import { appealsRouter } from './appeals/appeals.router.ts'
import { bansRouter } from './bans/bans.router.ts'
import { deskRouter } from './desk/desk.router.ts'
import { feedRouter } from './feed/feed.router.ts'
import { galleryRouter } from './gallery/gallery.router.ts'
import { groupsRouter } from './groups/groups.router.ts'
import { invitesRouter } from './invites/invites.router.ts'
import { likesRouter } from './likes/likes.router.ts'
import { notificationsRouter } from './notifications/notifications.router.ts'
import { reportsRouter } from './reports/reports.router.ts'
import { reviewRouter } from './review/review.router.ts'
import { requestsRouter } from './requests/requests.router.ts'
import { originalsRouter } from './originals/originals.router.ts'
import { peopleRouter } from './people/people.router.ts'
import { sessionsRouter } from './sessions/sessions.router.ts'
import { router } from './trpc/procedures.ts'
import { uploadsRouter } from './uploads/uploads.router.ts'

export const appRouter = router({
  account: accountRouter,
  admin: adminRouter,
  bans: bansRouter,
  appeals: appealsRouter,
  desk: deskRouter,
  reports: reportsRouter,
  review: reviewRouter,
  audit: auditRouter,
  people: peopleRouter,
  sessions: sessionsRouter,
  uploads: uploadsRouter,
  feed: feedRouter,
  likes: likesRouter,
  groups: groupsRouter,
  invites: invitesRouter,
  requests: requestsRouter,
  gallery: galleryRouter,
  comments: commentsRouter,
  blocks: blocksRouter,
  notifications: notificationsRouter,
  originals: originalsRouter,
})

export type AppRouter = typeof appRouter
