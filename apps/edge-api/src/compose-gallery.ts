// The wiring of galleries and what is said in them: which store answers which question. compose.ts calls it with what it
// constructed, once for each request.
import * as comments from '@shoebox/db/stores/comment-store.ts'
import * as changes from '@shoebox/db/stores/gallery-change-store.ts'
import * as gallery from '@shoebox/db/stores/gallery-store.ts'
import { findOriginals } from '@shoebox/db/stores/original-store.ts'
import * as trash from '@shoebox/db/stores/gallery-trash-store.ts'
import type { CommentId } from '@shoebox/shared/ids.ts'
import type { CommentsDeps } from './comments/comments-deps.ts'
import type { GroupParts } from './compose-groups.ts'
import type { GalleryDeps } from './gallery/gallery-deps.ts'
import { attachmentNamed } from './originals/name-download.ts'
import type { OriginalsDeps } from './originals/plan-download.ts'

export function composeGallery({ db, nowMs, sealEntry, checked, signDelivery }: GroupParts): GalleryDeps {
  return {
    sealEntry,
    nowMs,
    signDelivery,
    readGalleryPage: (wish) =>
      checked((sessionId) => gallery.readGalleryPage(db, { ...wish, sessionId, nowMs: nowMs() })),
    readGalleryIds: (wish) =>
      checked((sessionId) => gallery.readGalleryIds(db, { ...wish, sessionId, nowMs: nowMs() })),
    readTimeline: (wish) => checked((sessionId) => gallery.readTimeline(db, { ...wish, sessionId, nowMs: nowMs() })),
    readGallerySince: (groupId, fromMs, rowsMax) =>
      checked((sessionId) => gallery.readGallerySince(db, { sessionId, groupId, fromMs, rowsMax, nowMs: nowMs() })),
    readGalleryItem: (mediaId) =>
      checked((sessionId) => gallery.readGalleryItem(db, { sessionId, mediaId, nowMs: nowMs() })),
    readHidden: (wish) => checked((sessionId) => gallery.readHidden(db, { ...wish, sessionId, nowMs: nowMs() })),
    readTrash: (wish) => checked((sessionId) => trash.readTrash(db, { ...wish, sessionId, nowMs: nowMs() })),
    moveToTrash: (change) => trash.moveToTrash(db, change),
    restoreItems: (change) => trash.restoreItems(db, change),
    emptyTrash: (wish) => trash.emptyTrash(db, wish),
    hideItems: (change) => changes.hideItems(db, change),
    unhideItems: (change) => changes.unhideItems(db, change),
    moveItems: (wish) => changes.moveItems(db, wish),
    describeItem: (wish) => changes.describeItem(db, wish),
  }
}

export function composeComments(
  { db, nowMs, sealEntry, checked, signDelivery }: GroupParts,
  newCommentId: () => CommentId,
): CommentsDeps {
  return {
    sealEntry,
    nowMs,
    newCommentId,
    signDelivery,
    readComments: (wish) => checked((sessionId) => comments.findComments(db, { ...wish, sessionId, nowMs: nowMs() })),
    addComment: (comment) => comments.addComment(db, comment),
    removeComment: (wish) => comments.removeComment(db, wish),
  }
}

export function composeOriginals(
  { db, nowMs, checked }: GroupParts,
  signDownload: (key: string, disposition: string) => Promise<{ url: string; expiresAt: string }>,
): OriginalsDeps {
  return {
    readOriginals: (mediaIds) => checked((sessionId) => findOriginals(db, { sessionId, mediaIds, nowMs: nowMs() })),
    signDownload: (key, fileName) => signDownload(key, attachmentNamed(fileName)),
  }
}
