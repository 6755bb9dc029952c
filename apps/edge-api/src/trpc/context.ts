// What a procedure is given. Plain types only: a Workers type in here would leak into the web client's type check.
// compose.ts makes one for each request.
import type { AccountDeps } from '../account/account-deps.ts'
import type { Banned } from '../account/refuse-banned.ts'
import type { AdminDeps } from '../admin/admin-deps.ts'
import type { AppealsDeps } from '../appeals/appeals-deps.ts'
import type { AuditDeps } from '../audit/audit-deps.ts'
import type { BansDeps } from '../bans/bans-deps.ts'
import type { BlocksDeps } from '../blocks/blocks-deps.ts'
import type { CommentsDeps } from '../comments/comments-deps.ts'
import type { DeskDeps } from '../desk/desk-deps.ts'
import type { FindDetailsDeps } from '../feed/find-details.ts'
import type { FindItemDeps } from '../feed/find-item.ts'
import type { FindLikedAmongDeps } from '../feed/find-liked-among.ts'
import type { ListPageDeps } from '../feed/list-page.ts'
import type { ListSinceDeps } from '../feed/list-since.ts'
import type { GalleryDeps } from '../gallery/gallery-deps.ts'
import type { GroupsDeps } from '../groups/groups-deps.ts'
import type { InvitesDeps } from '../invites/invites-deps.ts'
import type { LikeItemDeps } from '../likes/like-item.ts'
import type { UnlikeItemDeps } from '../likes/unlike-item.ts'
import type { NotificationsDeps } from '../notifications/notifications-deps.ts'
import type { OriginalsDeps } from '../originals/plan-download.ts'
import type { ReportSubjectDeps } from '../reports/report-subject.ts'
import type { RequestsDeps } from '../requests/requests-deps.ts'
import type { ReviewDeps } from '../review/review-deps.ts'
import type { FindPersonDeps } from '../people/find-person.ts'
import type { ListPersonPageDeps } from '../people/list-person-page.ts'
import type { SessionsDeps } from '../sessions/sessions-deps.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'
import type { BeginUploadsDeps } from '../uploads/begin-uploads.ts'
import type { CancelUploadDeps } from '../uploads/cancel-upload.ts'
import type { CompleteMultipartDeps } from '../uploads/complete-multipart.ts'
import type { ListMineDeps } from '../uploads/list-mine.ts'
import type { ListPartsDeps } from '../uploads/list-parts.ts'
import type { OpenMultipartDeps } from '../uploads/open-multipart.ts'
import type { SignPartsDeps } from '../uploads/sign-parts.ts'
import type { SignUploadDeps } from '../uploads/sign-upload.ts'
import type { WatchUploadsDeps } from '../uploads/watch-uploads.ts'
import type { Visitor } from './visitor.ts'

export type Context = RequestContext & { readonly [Concept in keyof Deps]: () => Deps[Concept] }

/** What only the request knows. */
type RequestContext = {
  /** Names this request in logs and in the answer to a fault. */
  readonly requestId: string
  readonly visitor: Visitor
  /** Who is signed in, asked of the database: one trip, or none without a cookie. */
  readonly findSignedIn: () => Promise<EmailVerified<User> | null>
  /** Why nobody is, where a session was found that a ban speaks against. Null until then, and without one. */
  readonly findBan: () => NonNullable<Banned['ban']> | null
}

/** What the use cases of each concept take. Composed when a procedure asks: a request needs one of these, not all. */
export type Deps = {
  readonly account: AccountDeps
  readonly sessions: SessionsDeps
  readonly people: FindPersonDeps & ListPersonPageDeps
  readonly admin: AdminDeps
  readonly audit: AuditDeps
  readonly bans: BansDeps
  readonly appeals: AppealsDeps
  readonly desk: DeskDeps
  readonly reports: ReportSubjectDeps
  readonly review: ReviewDeps
  readonly groups: GroupsDeps
  readonly invites: InvitesDeps
  readonly requests: RequestsDeps
  readonly gallery: GalleryDeps
  readonly comments: CommentsDeps
  readonly blocks: BlocksDeps
  readonly notifications: NotificationsDeps
  readonly originals: OriginalsDeps
  readonly uploads: BeginUploadsDeps &
    CancelUploadDeps &
    CompleteMultipartDeps &
    ListMineDeps &
    ListPartsDeps &
    OpenMultipartDeps &
    SignPartsDeps &
    SignUploadDeps &
    WatchUploadsDeps
  readonly feed: FindDetailsDeps & FindItemDeps & FindLikedAmongDeps & ListPageDeps & ListSinceDeps
  readonly likes: LikeItemDeps & UnlikeItemDeps
}
