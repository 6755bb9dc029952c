// The wiring: the only file that constructs adapters and that touches clock and chance. What costs work to make and
// holds no I/O is made once per isolate; what knows a visitor is made anew for each request.
import { makeDeriveRowKey, makeSealEntry } from '@shoebox/db/audit-seal.ts'
import { connectHttp, type EdgeDatabase } from '@shoebox/db/connect-http.ts'
import { readHealth } from '@shoebox/db/stores/health-store.ts'
import { findHistory, type HistoryWish } from '@shoebox/db/stores/history-store.ts'
import * as likes from '@shoebox/db/stores/like-store.ts'
import { reserveUploads } from '@shoebox/db/stores/reservation-store.ts'
import * as sessions from '@shoebox/db/stores/session-store.ts'
import * as uploads from '@shoebox/db/stores/upload-store.ts'
import { makeId, type IdKind } from '@shoebox/shared/ids.ts'
import { toBase64url } from './adapters/base64.ts'
import {
  importDeliveryKey,
  makeDeliverySigner,
  makeDownloadSigner,
  makeFolderSigner,
  makeObjectSigner,
} from './adapters/delivery-signer.ts'
import { makeReadCommonPasswords } from './adapters/common-passwords.ts'
import { makeKeyedHash } from './adapters/keyed-hash.ts'
import { makeIsLinkMac } from './adapters/link-mac.ts'
import { makeSendMail } from './adapters/mail-queue.ts'
import { makePasswordHasher } from './adapters/password-hasher.ts'
import { readPushKey } from './adapters/push-key.ts'
import { bucketOrigin, makeSignPart, makeSignPut } from './adapters/presigner.ts'
import { makeMultipartStorage } from './adapters/s3-multipart.ts'
import { makeReadArrivals, type ArrivalsShelf } from './adapters/shared-arrivals.ts'
import { makeSharedPages, type EdgeCache } from './adapters/shared-page.ts'
import { composeAudit } from './compose-audit.ts'
import { composeAccount, composeAdmin, composeSessions } from './compose-account.ts'
import { composeBlocks } from './compose-blocks.ts'
import { composeDesk, composeReports } from './compose-desk.ts'
import { composeReview } from './compose-review.ts'
import { arrivalsOf, composeFeed, composePeople, readSharedArrivals } from './compose-feed.ts'
import { composeAppeals, composeBans } from './compose-bans.ts'
import { composeComments, composeGallery, composeOriginals } from './compose-gallery.ts'
import { composeGroups, composeInvites, composeRequests } from './compose-groups.ts'
import { composeMutes, composeNotifications } from './compose-notifications.ts'
import type { Env } from './env.ts'
import type { HealthShelf, TellHealthDeps } from './health/tell-health.ts'
import { logEvent } from './log-event.ts'
import type { SharedArrivals } from './feed/leave-out-apart.ts'
import type { TellArrivalsDeps } from './feed/tell-arrivals.ts'
import { logFault } from './log-fault.ts'
import type { MuteByLinkDeps } from './notifications/mute-by-link.ts'
import { checkSession } from './sessions/check-session.ts'
import type { SessionRow } from './sessions/lucia-adapter.ts'
import type { Context, Deps } from './trpc/context.ts'
import type { Visitor } from './trpc/visitor.ts'
import type { PutSubject } from './uploads/sign-upload.ts'

const nowMs = (): number => Date.now()
const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
const newId = <K extends IdKind>(kind: K) => makeId(kind, nowMs(), randomBytes(10))

/** The longest that people who are not signed in wait for a new item or count. */
const sharedPageSecondsMax = 10

/** The longest that an isolate's streams tell the same. Below the time between two looks of one stream. */
const arrivalsMsMax = 3500

/** Where the parts of the site are, as a browser sees them. */
export const findOrigins = (env: Env) => ({
  siteOrigin: env.SITE_ORIGIN,
  mediaOrigin: env.MEDIA_ORIGIN,
  incomingOrigin: bucketOrigin({ region: env.AWS_REGION, bucket: env.INCOMING_BUCKET, endpoint: env.S3_ENDPOINT }),
})

/** What an isolate keeps across requests: keys, what queries say, and code that was instantiated. */
export type IsolateParts = Awaited<ReturnType<typeof composeIsolate>>

export async function composeIsolate(env: Env, argon2: WebAssembly.Module) {
  const deliveryKey = await importDeliveryKey(env.DELIVERY_PRIVATE_KEY)
  const delivery = {
    mediaOrigin: env.MEDIA_ORIGIN,
    keyPairId: env.DELIVERY_KEY_PAIR_ID,
    bucketSeconds: env.DELIVERY_BUCKET_SECONDS,
  }
  const arrivals: ArrivalsShelf<SharedArrivals> = new Map()
  return {
    db: connectHttp({ connectionString: env.DATABASE_URL, endpoint: env.DATABASE_HTTP_ENDPOINT }),
    arrivals,
    readCommonPasswords: makeReadCommonPasswords(env.ASSETS, env.SITE_ORIGIN),
    passwords: makePasswordHasher(new WebAssembly.Instance(argon2), randomBytes),
    keyedHash: await makeKeyedHash(env.CODE_HMAC_KEY),
    sendMail: makeSendMail({ ...describeAws(env), queueUrl: env.MAIL_QUEUE_URL }, nowMs),
    telling: {
      pushKey: readPushKey(env.PUSH_PUBLIC_KEY),
      ownPushOrigin: env.PUSH_ENDPOINT ?? null,
      isLinkMac: await makeIsLinkMac(env.LINK_HMAC_KEY),
    },
    sealEntry: makeSealEntry(await makeDeriveRowKey(env.AUDIT_HMAC_KEY), () => newId('audit')),
    healthShelf: { kept: null } as HealthShelf,
    signDelivery: makeDeliverySigner(delivery, deliveryKey),
    signObject: makeObjectSigner(delivery, deliveryKey),
    signFolder: makeFolderSigner(delivery, deliveryKey),
    signDownload: makeDownloadSigner(delivery, deliveryKey),
  }
}

/** What only the request knows. */
export type RequestParts = {
  readonly requestId: string
  readonly visitor: Visitor
  readonly cache: EdgeCache
  readonly afterwards: (work: Promise<void>) => void
  readonly setSessionCookie: (token: string) => void
  readonly clearSessionCookie: () => void
  readonly setDeviceCookie: (token: string) => void
}

export function composeContext(env: Env, isolate: IsolateParts, request: RequestParts): Context {
  const { db } = isolate
  const checks = composeChecks(db, request)
  const findSignedIn = async () =>
    (await checks.checked((sessionId) => sessions.findSession(db, sessionId)))?.user ?? null
  const signDelivery = isolate.signDelivery(nowMs)
  const accountParts = () => ({
    ...composeAccountParts(isolate),
    ...request,
    ...checks,
    sealEntry: isolate.sealEntry,
    db,
    findSignedIn,
    newMediaId: () => newId('media'),
    signPut: (subject: PutSubject) => makeSignPut(describeIncoming(env, request), nowMs)(subject),
    signDelivery,
    newExportId: () => newId('export'),
    signObject: isolate.signObject(nowMs),
  })
  const groupParts = {
    ...isolate.keyedHash,
    ...checks,
    db,
    nowMs,
    randomBytes,
    visitor: request.visitor,
    newGroupId: () => newId('group'),
    newInviteId: () => newId('invite'),
    sealEntry: isolate.sealEntry,
    signDelivery,
  }
  return {
    requestId: request.requestId,
    visitor: request.visitor,
    findSignedIn,
    findBan: checks.findBan,
    account: () => composeAccount(accountParts()),
    sessions: () => composeSessions(accountParts()),
    groups: () => composeGroups(groupParts),
    invites: () => composeInvites(groupParts),
    requests: () => composeRequests(groupParts),
    gallery: () => composeGallery(groupParts),
    comments: () => composeComments(groupParts, () => newId('comment')),
    blocks: () => composeBlocks(groupParts),
    notifications: () => composeNotifications(groupParts, isolate.telling),
    originals: () => composeOriginals(groupParts, isolate.signDownload(nowMs)),
    people: () => composePeople(groupParts),
    admin: () => composeAdmin(accountParts()),
    audit: () => composeAudit(groupParts),
    bans: () => composeBans(accountParts(), { newBanId: () => newId('ban'), newWarningId: () => newId('warning') }),
    appeals: () => composeAppeals(accountParts(), () => newId('appeal')),
    review: () => composeReview(groupParts),
    desk: () => composeDesk(groupParts, isolate.signFolder(nowMs)),
    reports: () => composeReports(groupParts, newId),
    uploads: () => ({ ...composeUploads(env, db, request), ...checks.uploads, signDelivery }),
    feed: () => ({
      ...composeFeed(groupParts),
      ...composeSharedPages(env, request),
      readLikedAmong: checks.readLikedAmong,
      signDelivery,
    }),
    likes: () => ({
      nowMs,
      addLike: (like) => likes.addLike(db, like),
      removeLike: (like) => likes.removeLike(db, like),
    }),
  }
}

/** Everything that looks at the cookie. */
function composeChecks(db: EdgeDatabase, request: RequestParts) {
  const records = {
    extend: (sessionId: string, expiresAt: Date) =>
      sessions.extendSession(db, sessionId, { expiresAt, lastSeenAt: new Date(nowMs()) }),
    remove: (sessionId: string) => sessions.deleteSession(db, sessionId),
    markSeen: (sessionId: string, at: Date) => sessions.markSessionSeen(db, sessionId, at),
    findOfUser: async (userId: sessions.Author['userId']) => await sessions.sessionsOfUserQuery(db, userId),
    removeOfUser: (userId: sessions.Author['userId']) => sessions.deleteSessionsOfUser(db, userId),
    write: () => Promise.reject(new Error('a session is only written when it is opened')),
  }
  const { afterwards, setSessionCookie } = request
  const token = request.visitor.sessionToken
  const noted: { ban: ReturnType<Context['findBan']> } = { ban: null }
  const noteBan = (ban: NonNullable<typeof noted.ban>) => void (noted.ban = ban)
  const checked = <T>(read: (sessionId: string) => Promise<{ session: SessionRow | null; data: T }>) =>
    checkSession({ nowMs, records, afterwards, setSessionCookie, noteBan }, token, read)
  return {
    checked,
    findBan: () => noted.ban,
    records,
    readLikedAmong: (mediaIds: likes.LikedAmongWish['mediaIds']) =>
      checked((sessionId) => likes.findLikedAmong(db, { sessionId, mediaIds, nowMs: nowMs() })),
    uploads: {
      readHistory: (after: HistoryWish['after'], rowsMax: number) =>
        checked((sessionId) => findHistory(db, { sessionId, after, rowsMax, nowMs: nowMs() })),
      readSending: (mediaId: uploads.SendingWish['mediaId']) =>
        checked((sessionId) => uploads.findSending(db, { sessionId, mediaId, nowMs: nowMs() })),
      readWatched: (mediaIds: uploads.WatchWish['mediaIds']) =>
        checked((sessionId) => uploads.findWatched(db, { sessionId, mediaIds, nowMs: nowMs() })),
    },
  }
}

/** What accounts are made of that is no store: adapters, ids, chance. */
function composeAccountParts({ passwords, readCommonPasswords, keyedHash, sendMail }: IsolateParts) {
  return {
    nowMs,
    randomBytes,
    readCommonPasswords,
    newUserId: () => newId('user'),
    newVerificationId: () => newId('verification'),
    newToken: () => toBase64url(randomBytes(32)),
    passwords,
    keyedHash,
    sendMail,
  }
}

const describeAws = (env: Env) => ({
  region: env.AWS_REGION,
  credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
})

const describeIncoming = (env: Env, { requestId }: RequestParts) => ({
  ...describeAws(env),
  bucket: env.INCOMING_BUCKET,
  endpoint: env.S3_ENDPOINT,
  requestId,
})

function composeUploads(env: Env, db: EdgeDatabase, request: RequestParts) {
  const { afterwards, requestId } = request
  const incoming = describeIncoming(env, request)
  const multiparts = makeMultipartStorage(incoming, nowMs)
  return {
    nowMs,
    newMediaId: () => newId('media'),
    async reserveUploads(wish) {
      const answers = await reserveUploads(db, wish)
      const mediaIds = (answers ?? []).flatMap((answer) => ('reserved' in answer ? [answer.reserved.id] : []))
      logEvent('uploads_reserved', { requestId, mediaIds: mediaIds.join(' ') })
      return answers
    },
    findUpload: (wish) => uploads.findUpload(db, wish),
    markCancelled: (wish) => uploads.markCancelled(db, wish),
    keepMultipart: (wish) => uploads.keepMultipart(db, wish),
    forgetMultipart: (wish) => uploads.forgetMultipart(db, wish),
    multiparts,
    abortAfterwards: (key, multipartUploadId) => afterwards(multiparts.abort(key, multipartUploadId)),
    signPut: makeSignPut(incoming, nowMs),
    signPart: makeSignPart(incoming, nowMs),
  } satisfies Partial<Deps['uploads']>
}

/** For a mail program that ends digests: it knows of no visitor. */
export const composeMailProgram = ({ db, telling }: IsolateParts): MuteByLinkDeps => composeMutes(db, telling)

export const composeHealth = ({ db, healthShelf }: IsolateParts): TellHealthDeps => ({
  nowMs,
  readHealth: () => readHealth(db),
  shelf: healthShelf,
})

/** Tells viewers of the feed what is new in it: read once for all of them, and told to each as far as they meet it. */
export function composeArrivals(
  { db, ...isolate }: IsolateParts,
  { requestId, visitor }: Pick<RequestParts, 'requestId' | 'visitor'>,
): TellArrivalsDeps {
  const readShared = makeReadArrivals({
    shelf: isolate.arrivals,
    nowMs,
    msMax: arrivalsMsMax,
    read: readSharedArrivals(db, isolate.signDelivery(nowMs)),
  })
  return {
    nowMs,
    random: Math.random,
    readArrivals: arrivalsOf({ db, nowMs, visitor }, readShared),
    onFault: (error) => logFault({ requestId, path: 'feed/arrivals', error }),
  }
}

const composeSharedPages = (env: Env, { cache, afterwards }: RequestParts) =>
  makeSharedPages({
    cache,
    siteOrigin: env.SITE_ORIGIN,
    // A page carries signatures: it may not be older than the part of their life that they can spare.
    secondsMax: Math.min(sharedPageSecondsMax, env.DELIVERY_BUCKET_SECONDS),
    nowMs,
    afterwards,
  })
