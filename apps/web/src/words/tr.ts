// Every word on the screen, in Turkish: one file a part, as in English. A part that is missing does not compile.
import type { en } from './en.ts'
import type { enAccount } from './en-account.ts'
import type { enAppeal } from './en-appeal.ts'
import type { enAudit } from './en-audit.ts'
import type { enBans } from './en-bans.ts'
import type { enCamera } from './en-camera.ts'
import type { enDesk } from './en-desk.ts'
import type { enDownloads } from './en-downloads.ts'
import type { enGallery } from './en-gallery.ts'
import type { enGroups } from './en-groups.ts'
import type { enHealth } from './en-health.ts'
import type { enHistory } from './en-history.ts'
import type { enNotifications } from './en-notifications.ts'
import type { enPush } from './en-push.ts'
import type { RefusalSentences } from './en-refusals.ts'
import type { enReport } from './en-report.ts'
import type { enReview } from './en-review.ts'
import type { enSafety } from './en-safety.ts'
import type { enShare } from './en-share.ts'
import type { Terms } from './en-terms.ts'
import type { enUpload } from './en-upload.ts'
import type { enViewer } from './en-viewer.ts'
import { trMain } from './tr-main.ts'
import { trAccount } from './tr-account.ts'
import { trAppeal } from './tr-appeal.ts'
import { trAudit } from './tr-audit.ts'
import { trBans } from './tr-bans.ts'
import { trCamera } from './tr-camera.ts'
import { trDesk } from './tr-desk.ts'
import { trDownloads } from './tr-downloads.ts'
import { trGallery } from './tr-gallery.ts'
import { trGroups } from './tr-groups.ts'
import { trHealth } from './tr-health.ts'
import { trHistory } from './tr-history.ts'
import { trNotifications } from './tr-notifications.ts'
import { trPush } from './tr-push.ts'
import { trRefusals } from './tr-refusals.ts'
import { trReport } from './tr-report.ts'
import { trReview } from './tr-review.ts'
import { trSafety } from './tr-safety.ts'
import { trShare } from './tr-share.ts'
import { trTerms } from './tr-terms.ts'
import { trUpload } from './tr-upload.ts'
import { trViewer } from './tr-viewer.ts'

export type Translation = {
  readonly main: typeof en
  readonly account: typeof enAccount
  readonly appeal: typeof enAppeal
  readonly audit: typeof enAudit
  readonly bans: typeof enBans
  readonly camera: typeof enCamera
  readonly desk: typeof enDesk
  readonly downloads: typeof enDownloads
  readonly gallery: typeof enGallery
  readonly groups: typeof enGroups
  readonly health: typeof enHealth
  readonly history: typeof enHistory
  readonly notifications: typeof enNotifications
  readonly push: typeof enPush
  readonly refusals: RefusalSentences
  readonly report: typeof enReport
  readonly review: typeof enReview
  readonly safety: typeof enSafety
  readonly share: typeof enShare
  readonly terms: Terms
  readonly upload: typeof enUpload
  readonly viewer: typeof enViewer
}

export const tr: Translation = {
  main: trMain,
  account: trAccount,
  appeal: trAppeal,
  audit: trAudit,
  bans: trBans,
  camera: trCamera,
  desk: trDesk,
  downloads: trDownloads,
  gallery: trGallery,
  groups: trGroups,
  health: trHealth,
  history: trHistory,
  notifications: trNotifications,
  push: trPush,
  refusals: trRefusals,
  report: trReport,
  review: trReview,
  safety: trSafety,
  share: trShare,
  terms: trTerms,
  upload: trUpload,
  viewer: trViewer,
}
