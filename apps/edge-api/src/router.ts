// Every procedure there is. The web client sees nothing of this app but the type below.
import { accountRouter } from './account/account.router.ts'
import { feedRouter } from './feed/feed.router.ts'
import { likesRouter } from './likes/likes.router.ts'
import { router } from './trpc/procedures.ts'
import { uploadsRouter } from './uploads/uploads.router.ts'

export const appRouter = router({
  account: accountRouter,
  uploads: uploadsRouter,
  feed: feedRouter,
  likes: likesRouter,
})

export type AppRouter = typeof appRouter
