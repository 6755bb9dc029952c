// The wiring of accounts and sessions: which store answers which question. compose.ts calls it with what it
// constructed, once for each request.
import type { EdgeDatabase } from '@shoebox/db/connect-http.ts'
import * as administrators from '@shoebox/db/stores/administrator-store.ts'
import * as accounts from '@shoebox/db/stores/account-store.ts'
import * as changes from '@shoebox/db/stores/change-store.ts'
import * as codes from '@shoebox/db/stores/code-store.ts'
import * as departures from '@shoebox/db/stores/departure-store.ts'
import * as entries from '@shoebox/db/stores/entry-store.ts'
import * as exports from '@shoebox/db/stores/export-store.ts'
import { readSystem } from '@shoebox/db/stores/health-store.ts'
import { findLeavings } from '@shoebox/db/stores/leavings-store.ts'
import { countCharges } from '@shoebox/db/stores/limit-store.ts'
import * as ownSessions from '@shoebox/db/stores/own-session-store.ts'
import * as profiles from '@shoebox/db/stores/profile-store.ts'
import { findUsage } from '@shoebox/db/stores/quota-store.ts'
import { reserveUploads } from '@shoebox/db/stores/reservation-store.ts'
import * as sessions from '@shoebox/db/stores/session-store.ts'
import { findWaitingWarning } from '@shoebox/db/stores/warning-store.ts'
import type { ExportId, MediaId, UserId, VerificationId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import type { AccountDeps } from './account/account-deps.ts'
import type { AdminDeps } from './admin/admin-deps.ts'
import type { SealDeps } from './audit/seal-entry.ts'
import type { SignDelivery } from './groups/picture.ts'
import { isDeviceToken } from './sessions/device-cookie.ts'
import type { SessionRecords, SessionRow } from './sessions/lucia-adapter.ts'
import { openSession } from './sessions/open-session.ts'
import type { SessionsDeps } from './sessions/sessions-deps.ts'
import { hashToken } from './sessions/session-token.ts'
import type { CheckedRead, EmailVerified, User } from './sessions/signed-in.ts'
import type { Visitor } from './trpc/visitor.ts'
import type { SignPut } from './uploads/sign-upload.ts'

export type AccountParts = {
  readonly db: EdgeDatabase
  readonly visitor: Visitor
  readonly nowMs: () => number
  readonly randomBytes: (length: number) => Uint8Array
  readonly newUserId: () => UserId
  readonly newVerificationId: () => VerificationId
  readonly newMediaId: () => MediaId
  readonly newExportId: () => ExportId
  readonly newToken: () => string
  readonly sealEntry: SealDeps['sealEntry']
  readonly passwords: Pick<AccountDeps, 'hashPassword' | 'isPassword'>
  readonly keyedHash: Pick<AccountDeps, 'hashCode' | 'hashLimitKey' | 'hashAddress'>
  readonly signDelivery: SignDelivery
  readonly signObject: (key: string) => Promise<string>
  readonly signPut: SignPut
  readonly sendMail: (mail: MailMessage) => Promise<void>
  readonly records: Omit<SessionRecords, 'find'>
  /** Checks the cookie's session and reads for its user in the same trip. */
  readonly checked: <T>(
    read: (sessionId: string) => Promise<{ session: SessionRow | null; data: T }>,
  ) => Promise<CheckedRead<T> | null>
  readonly findSignedIn: () => Promise<EmailVerified<User> | null>
  readonly readCommonPasswords: () => Promise<ReadonlySet<string>>
  readonly afterwards: (work: Promise<void>) => void
  readonly setSessionCookie: (token: string) => void
  readonly clearSessionCookie: () => void
  readonly setDeviceCookie: (token: string) => void
}

export function composeAccount(parts: AccountParts): AccountDeps {
  const { db, nowMs, checked, passwords, keyedHash, records } = parts
  return {
    ...composeCodes(parts),
    ...passwords,
    ...keyedHash,
    readCommonPasswords: parts.readCommonPasswords,
    hashToken,
    newToken: parts.newToken,
    newUserId: parts.newUserId,
    findSignedIn: parts.findSignedIn,
    readMe: () => checked((sessionId) => findWaitingWarning(db, { sessionId, nowMs: nowMs() })),
    setSessionCookie: parts.setSessionCookie,
    clearSessionCookie: parts.clearSessionCookie,
    findDevice: () => findDevice(parts),
    openSession: (who, write) => openSession({ nowMs, records }, who, write),
    closeSession: async (token) => sessions.deleteSession(db, await hashToken(token)),
    mailAfterwards: mailAfterwards(parts),
    countCharges: (charges) => countCharges(db, charges),
    findAccount: (email, charges) => accounts.findAccount(db, email, charges),
    writeAttempt: (attempt) => accounts.writeAttempt(db, attempt),
    writeCodeForAddress: (code, charges) => codes.writeCodeForAddress(db, code, charges),
    // Its charges were counted when the password was read.
    writeAddressCode: (code) => codes.writeAddressCode(db, code),
    findAttempt: (id, charges) => codes.findAttempt(db, id, charges, nowMs()),
    renewCode: (wish) => codes.renewCode(db, wish),
    enterWithPassword: (entry) => entries.enterWithPassword(db, entry),
    enterWithSignUpCode: (entered) => entries.enterWithSignUpCode(db, entered),
    enterWithCode: (entered) => entries.enterWithCode(db, entered),
    resetPassword: (entered) => entries.resetPassword(db, entered),
    findOwnPassword: (charges) => checked((id) => changes.findOwnPassword(db, id, charges, nowMs())),
    changePassword: (change) => changes.changePassword(db, change),
    changeAddress: (change) => changes.changeAddress(db, change),
    undoChange: (wish) => changes.undoChange(db, wish),
    readUsage: () => checked((sessionId) => findUsage(db, { sessionId, nowMs: nowMs() })),
    readProfile: () => checked((sessionId) => profiles.findProfile(db, { sessionId, nowMs: nowMs() })),
    editProfile: (wish) => profiles.editProfile(db, wish),
    signDelivery: parts.signDelivery,
    signPut: parts.signPut,
    newMediaId: parts.newMediaId,
    newBatchId: () => crypto.randomUUID(),
    reserveAvatar: (wish) => reserveUploads(db, { ...wish, purpose: 'avatar' }),
    setAvatar: (wish) => profiles.setAvatar(db, wish),
    newExportId: parts.newExportId,
    requestExport: (wish) => exports.requestExport(db, wish),
    readExport: () => checked((sessionId) => exports.findOwnExport(db, { sessionId, nowMs: nowMs() })),
    signObject: parts.signObject,
    readLeavings: () => checked((sessionId) => findLeavings(db, { sessionId, nowMs: nowMs() })),
    sealEntry: parts.sealEntry,
    deleteAccount: (wish) => departures.deleteAccount(db, wish),
    keepAcceptedTerms: (wish) => profiles.keepAcceptedTerms(db, wish),
  }
}

export function composeSessions(parts: AccountParts): SessionsDeps {
  const { db, nowMs, checked } = parts
  return {
    ...composeCodes(parts),
    clearSessionCookie: parts.clearSessionCookie,
    readOwnSessions: () => checked((sessionId) => ownSessions.findOwnSessions(db, { sessionId, nowMs: nowMs() })),
    endSession: (wish) => ownSessions.endSession(db, wish),
    endOtherSessions: (wish) => ownSessions.endOtherSessions(db, wish),
    writeStepUpCode: (code, charges) => codes.writeStepUpCode(db, code, charges),
    stepUp: (wish) => changes.stepUp(db, wish),
  }
}

export function composeAdmin({ db, nowMs, sealEntry, checked }: AccountParts): AdminDeps {
  return {
    sealEntry,
    nowMs,
    readAccount: (email) => checked((sessionId) => administrators.findAccountByEmail(db, { sessionId, email })),
    readSystem: () => checked((sessionId) => readSystem(db, sessionId)),
    setPlan: (wish) => administrators.setPlan(db, wish),
    setRole: (wish) => administrators.setRole(db, wish),
  }
}

/** What was done is done: nobody can ask for this mail again. One that fails twice is logged as a fault. */
export const mailAfterwards =
  ({ afterwards, sendMail }: AccountParts) =>
  (mail: MailMessage): void =>
    afterwards(sendMail(mail).catch(() => sendMail(mail)))

export const composeCodes = ({ nowMs, randomBytes, newVerificationId, keyedHash, sendMail }: AccountParts) => ({
  nowMs,
  randomBytes,
  newVerificationId,
  ...keyedHash,
  sendMail,
})

async function findDevice({ visitor, newToken, setDeviceCookie }: AccountParts) {
  const known = visitor.deviceToken !== null && isDeviceToken(visitor.deviceToken) ? visitor.deviceToken : null
  const token = known ?? newToken()
  return { deviceId: await hashToken(token), remember: () => setDeviceCookie(token) }
}
