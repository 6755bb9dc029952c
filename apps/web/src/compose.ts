// The parts that live as long as the page, made and joined in one place. Screens reach them through useShoebox().
import { createContext, createEffect, on, onCleanup, useContext } from 'solid-js'
import { serverNow } from './api/server-clock.ts'
import { api } from './api/client.ts'
import { takeFirstPage, takeItem } from './api/inlined.ts'
import { isRefusedWith } from './api/refusal.ts'
import { Feed } from './feed/feed-store.ts'
import { createLikes, type Likes } from './feed/like-store.ts'
import { watchUnread } from './notifications/unread-count.ts'
import { onApart } from './safety/apart.ts'
import { createSession, type Session } from './session/session.ts'
import { createUploads, type Uploads } from './upload/uploads.ts'
import { needPageWhile } from './ui/may-reload.ts'
import { showToast } from './ui/toasts.tsx'
import { loadSentences, words } from './words/words.ts'

export type Shoebox = {
  readonly session: Session
  readonly feed: Feed
  readonly likes: Likes
  readonly uploads: Uploads
}

export const ShoeboxContext = createContext<Shoebox>()

export function useShoebox(): Shoebox {
  const shoebox = useContext(ShoeboxContext)
  if (shoebox === undefined) throw new Error('useShoebox() is called outside the app.')
  return shoebox
}

/** By then the first pictures are there, and the uploader may have the line. Milliseconds. */
const prepareAfterMs = 2500

type Ways = {
  /** Leads to the sign-in screen, unless the visitor is there already. */
  readonly askToSignIn: () => void
  readonly goToUploads: () => void
}

/** Must run inside a reactive root. */
export function composeShoebox({ askToSignIn, goToUploads }: Ways): Shoebox {
  const session = createSession()

  const feed = new Feed({
    page: async (cursor) =>
      // The one that came with the page is a visitor's.
      (cursor === null && !session.user() ? takeFirstPage(serverNow()) : undefined) ??
      api.feed.page.query(cursor === null ? {} : { cursor }),
    item: async (mediaId) => takeItem(mediaId) ?? api.feed.item.query({ mediaId }),
    nowMs: serverNow,
  })

  const likes = createLikes({
    like: (mediaId) => api.likes.like.mutate({ mediaId }),
    unlike: (mediaId) => api.likes.unlike.mutate({ mediaId }),
    likedAmong: (mediaIds) => api.feed.likedAmong.query({ mediaIds }),
    onFailed: (error, wanted) => {
      if (isRefusedWith(error, 'sign_in_needed')) session.expire()
      else showToast(wanted ? words.like.failed : words.like.unlikeFailed)
    },
  })

  const uploads = createUploads({
    onReady: (items, { kind }) => kind === 'feed' && feed.insert(items),
    onSignInNeeded: () => {
      if (session.user() === undefined) return
      void session.findOther().then((isAnother) => {
        if (isAnother) return
        session.expire()
        askToSignIn()
      })
    },
    onUnavailable: () => showToast(words.fault.title),
    onNoPlace: () => showToast(words.upload.noPlace),
    onUnfinished: (sentence, place) => showToast(sentence, { text: place, run: goToUploads }),
  })
  needPageWhile(() => uploads.isPreparing() || uploads.needsPage())
  setTimeout(() => {
    uploads.prepare()
    void loadSentences().catch(() => undefined)
  }, prepareAfterMs)

  onApart((userId, isApart) => (isApart ? feed.leaveOut(userId) : void feed.restart()))
  // Whom somebody does not meet, a visitor may, and the next who signs in.
  createEffect(
    on(session.user, (user, before) => {
      if (before !== undefined && user !== undefined && user?.id !== before?.id) void feed.restart()
    }),
  )

  // A viewer's own likes come apart from the public feed, for what is loaded and what joins it.
  createEffect(
    on(
      () => session.user()?.id,
      (userId) => {
        likes.forget()
        if (userId === undefined) return uploads.close()
        uploads.open(userId)
        onCleanup(watchUnread(() => api.notifications.unreadCount.query()))
        // Hearts that stay empty are no reason to disturb anyone.
        onCleanup(feed.onAdded((items) => void likes.learn(items.map((item) => item.id)).catch(() => undefined)))
      },
    ),
  )

  return { session, feed, likes, uploads }
}
