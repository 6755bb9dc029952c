// Every procedure there is. The web client sees nothing of this app but the type below. Each router is evaluated, with the
// schemas it checks by, when one of its procedures is first called: a Worker's start pays for none of them.
import { lazy } from '@trpc/server'
import { router } from './trpc/procedures.ts'

export const appRouter = router({
  account: lazy(() => import('./account/account.router.ts')),
  admin: lazy(() => import('./admin/admin.router.ts')),
  bans: lazy(() => import('./bans/bans.router.ts')),
  appeals: lazy(() => import('./appeals/appeals.router.ts')),
  desk: lazy(() => import('./desk/desk.router.ts')),
  reports: lazy(() => import('./reports/reports.router.ts')),
  review: lazy(() => import('./review/review.router.ts')),
  audit: lazy(() => import('./audit/audit.router.ts')),
  people: lazy(() => import('./people/people.router.ts')),
  sessions: lazy(() => import('./sessions/sessions.router.ts')),
  uploads: lazy(() => import('./uploads/uploads.router.ts')),
  feed: lazy(() => import('./feed/feed.router.ts')),
  likes: lazy(() => import('./likes/likes.router.ts')),
  groups: lazy(() => import('./groups/groups.router.ts')),
  invites: lazy(() => import('./invites/invites.router.ts')),
  requests: lazy(() => import('./requests/requests.router.ts')),
  gallery: lazy(() => import('./gallery/gallery.router.ts')),
  comments: lazy(() => import('./comments/comments.router.ts')),
  blocks: lazy(() => import('./blocks/blocks.router.ts')),
  notifications: lazy(() => import('./notifications/notifications.router.ts')),
  originals: lazy(() => import('./originals/originals.router.ts')),
})

export type AppRouter = typeof appRouter
