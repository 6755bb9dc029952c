// The SQL that the stores send, for people to review: packages/db/sql. After a wanted change, write it anew with
// `vitest run --project unit packages/db -u`.
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { expect, test } from 'vitest'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { makeRefusedOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import * as accounts from './account-store.ts'
import * as administrators from './administrator-store.ts'
import * as blocking from './block-store.ts'
import * as changes from './change-store.ts'
import * as codes from './code-store.ts'
import * as departing from './departure-store.ts'
import * as details from './details-store.ts'
import * as entries from './entry-store.ts'
import * as exporting from './export-store.ts'
import * as feed from './feed-store.ts'
import * as history from './history-store.ts'
import * as leavings from './leavings-store.ts'
import * as likes from './like-store.ts'
import * as limits from './limit-store.ts'
import { settleMany } from './outcome-store.ts'
import * as ownSessions from './own-session-store.ts'
import * as people from './people-store.ts'
import * as profiles from './profile-store.ts'
import * as quota from './quota-store.ts'
import { recordSql } from './record-sql.ts'
import * as reserving from './reservation-store.ts'
import * as sessions from './session-store.ts'
import { showSql } from './show-sql.ts'
import * as uploads from './upload-store.ts'

const at = new Date('2026-06-15T12:00:00.000Z')
const nowMs = at.getTime()
const userId = numberedId('user', 1)
const mediaId = numberedId('media', 1)
const verificationId = numberedId('verification', 1)
const sessionId = 'session'
const author = { userId, sessionId }
const one = { author, mediaId, nowMs }
const viewer = { sessionId, nowMs }
const session = { id: sessionId, expiresAt: at, createdAt: at, userAgent: '', country: null, city: null }
const charges = [{ key: 'key', windowSeconds: 60, windowStart: at, timesMax: 3 }]
const attempt = {
  id: verificationId,
  email: '',
  addressHash: '',
  name: '',
  passwordHash: '',
  termsVersion: '',
  codeHash: '',
  createdAt: at,
  expiresAt: at,
}
const renewal = { verificationId, codeHash: '', expiresAt: at, charges }
const code = { verificationId, codeHash: '', charges, nowMs }
const entry = { session, deviceId: '', replacedSessionId: '' }
const undo = { id: '', expiresAt: at }
const reservations = [
  {
    id: mediaId,
    ordinal: 0,
    fileName: '',
    declaredType: 'image/jpeg',
    declaredBytes: 1,
    declaredSha256: '',
    incomingKey: incomingKey(userId, mediaId),
    allowDuplicate: false,
  },
] as const

type Calls = Record<string, (db: EdgeDatabase) => Promise<unknown>>

/** Every exported function of the stores that sends something; the next test finds one that is missing. */
const calls: Record<string, Calls> = {
  'account-store': {
    findAccount: (db) => accounts.findAccount(db, '', charges),
    writeAttempt: (db) => accounts.writeAttempt(db, attempt),
  },
  'change-store': {
    findOwnPassword: (db) => changes.findOwnPassword(db, sessionId, charges, nowMs),
    changePassword: (db) => changes.changePassword(db, { author, seenHash: '', passwordHash: '', undo, nowMs }),
    changeAddress: (db) => changes.changeAddress(db, { ...code, author, undo }),
    undoChange: (db) => changes.undoChange(db, { undoId: '', charges, nowMs }),
    stepUp: (db) => changes.stepUp(db, { ...code, author, steppedUpUntil: at }),
  },
  'code-store': {
    writeCodeForAddress: (db) => codes.writeCodeForAddress(db, { ...attempt, purpose: 'sign-in' }, charges),
    writeStepUpCode: (db) => codes.writeStepUpCode(db, { ...attempt, author, nowMs }, charges),
    writeAddressCode: (db) => codes.writeAddressCode(db, { ...attempt, author, nowMs }),
    findAttempt: (db) => codes.findAttempt(db, verificationId, charges, nowMs),
    renewCode: (db) => codes.renewCode(db, renewal),
  },
  'departure-store': {
    deleteAccount: (db) =>
      departing.deleteAccount(db, {
        author,
        passwordHash: '',
        groups: [{ groupId: numberedId('group', 1), choice: 'handOver', successorId: null }],
        audits: [],
        items: 'handOver',
        nowMs,
      }),
  },
  'leavings-store': {
    findLeavings: (db) => leavings.findLeavings(db, { sessionId, nowMs }),
  },
  'entry-store': {
    enterWithPassword: (db) => entries.enterWithPassword(db, { ...entry, userId, passwordHash: '' }),
    enterWithSignUpCode: (db) => entries.enterWithSignUpCode(db, { ...code, ...entry, userId }),
    enterWithCode: (db) => entries.enterWithCode(db, { ...code, ...entry }),
    resetPassword: (db) => entries.resetPassword(db, { ...code, ...entry, passwordHash: '', undo }),
  },
  'export-store': {
    requestExport: (db) => exporting.requestExport(db, { id: numberedId('export', 1), author, nowMs }),
    findOwnExport: (db) => exporting.findOwnExport(db, { sessionId, nowMs }),
  },
  'own-session-store': {
    findOwnSessions: (db) => ownSessions.findOwnSessions(db, { sessionId, nowMs }),
    endSession: (db) => ownSessions.endSession(db, { author, nowMs, id: '' }),
    endOtherSessions: (db) => ownSessions.endOtherSessions(db, { author, nowMs }),
  },
  'administrator-store': {
    findAccountByEmail: (db) => administrators.findAccountByEmail(db, { sessionId, email: '' }),
    setPlan: (db) => audited(administrators.setPlan)(db, { author, nowMs, userId, plan: 'pro' }),
    setRole: (db) => audited(administrators.setRole)(db, { author, nowMs, userId, role: 'member' }),
  },
  'block-store': {
    addBlock: (db) => blocking.addBlock(db, { author, userId, charges, blocksMax: 1000, nowMs }),
    removeBlock: (db) => blocking.removeBlock(db, { author, userId, nowMs }),
    findBlocked: (db) => blocking.findBlocked(db, { sessionId, nowMs, rowsMax: 1000 }),
  },
  'people-store': {
    findPerson: (db) => people.findPerson(db, viewer, userId),
    readPersonPage: (db) =>
      people.readPersonPage(db, { viewer, userId, from: { publishedAtMs: nowMs, id: mediaId }, rowsMax: 31 }),
  },
  'profile-store': {
    findProfile: (db) => profiles.findProfile(db, { sessionId, nowMs }),
    editProfile: (db) => profiles.editProfile(db, { author, nowMs, name: '', phone: null }),
    setAvatar: (db) => profiles.setAvatar(db, { author, nowMs, mediaId }),
    keepAcceptedTerms: (db) => profiles.keepAcceptedTerms(db, { author, termsVersion: '', nowMs }),
  },
  'feed-store': {
    readPage: (db) => feed.readPage(db, viewer, { publishedAtMs: nowMs, id: mediaId }, 31),
    readSince: (db) => feed.readSince(db, viewer, nowMs, 101),
    readSinceForAll: (db) => feed.readSinceForAll(db, nowMs, 101),
    readItem: (db) => feed.readItem(db, viewer, mediaId),
  },
  'details-store': {
    readDetails: (db) => details.readDetails(db, viewer, mediaId),
  },
  'like-store': {
    addLike: (db) => likes.addLike(db, one),
    removeLike: (db) => likes.removeLike(db, one),
    findLikedAmong: (db) => likes.findLikedAmong(db, { sessionId, mediaIds: [mediaId], nowMs }),
  },
  'limit-store': {
    countCharges: (db) => limits.countCharges(db, charges),
  },
  'session-store': {
    findSession: (db) => sessions.findSession(db, sessionId),
    deleteSession: (db) => sessions.deleteSession(db, sessionId),
    extendSession: (db) => sessions.extendSession(db, sessionId, { expiresAt: at, lastSeenAt: at }),
    markSessionSeen: (db) => sessions.markSessionSeen(db, sessionId, at),
    sessionsOfUserQuery: async (db) => await sessions.sessionsOfUserQuery(db, userId),
    deleteSessionsOfUser: (db) => sessions.deleteSessionsOfUser(db, userId),
  },
  'history-store': {
    findHistory: (db) => history.findHistory(db, { sessionId, after: mediaId, rowsMax: 31, nowMs }),
  },
  'quota-store': {
    findUsage: (db) => quota.findUsage(db, { sessionId, nowMs }),
  },
  'reservation-store': {
    reserveUploads: (db) => reserving.reserveUploads(db, { author, batchId: crypto.randomUUID(), reservations, nowMs }),
  },
  'upload-store': {
    findSending: (db) => uploads.findSending(db, { sessionId, mediaId, nowMs }),
    keepMultipart: (db) => uploads.keepMultipart(db, { ...one, multipartUploadId: '' }),
    forgetMultipart: (db) => uploads.forgetMultipart(db, { ...one, multipartUploadId: '' }),
    findUpload: (db) => uploads.findUpload(db, one),
    markCancelled: (db) => uploads.markCancelled(db, one),
    findWatched: (db) => uploads.findWatched(db, { sessionId, mediaIds: [mediaId], nowMs }),
  },
}

const stores = { 'account-store': accounts, 'feed-store': feed, 'like-store': likes, 'limit-store': limits }
const others = {
  'administrator-store': administrators,
  'block-store': blocking,
  'people-store': people,
  'change-store': changes,
  'code-store': codes,
  'departure-store': departing,
  'leavings-store': leavings,
  'entry-store': entries,
  'export-store': exporting,
  'own-session-store': ownSessions,
  'profile-store': profiles,
  'history-store': history,
  'quota-store': quota,
  'reservation-store': reserving,
  'session-store': sessions,
  'upload-store': uploads,
}

/** Parts of other statements, shown where they are used, and what only looks at rows. */
const notCalls = [
  'endReserved',
  'countChargesQuery',
  'withinLimits',
  'sessionQuery',
  'feedQuery',
  'isStillSignedIn',
  'isStillSteppedUp',
  'isStillAdministrator',
  'grantAdministrator',
  'claimExports',
  'readPersonalData',
  'markExportReady',
  'findEndedExports',
  'forgetExport',
  'isAddressTaken',
  'isKnownCode',
  'spendAttempt',
]
const notSql = ['refusedFrom', 'requireReady']

test.each(Object.entries({ ...stores, ...others }))('every function of %s has its statements here', (name, store) => {
  const functions = Object.entries(store).filter(([, value]) => typeof value === 'function')
  const expected = functions.map(([key]) => key).filter((key) => ![...notCalls, ...notSql].includes(key))
  expect(Object.keys(calls[name] ?? {}).toSorted()).toEqual(expected.toSorted())
})

test.each(Object.entries(calls))('the SQL of %s is the reviewed one', async (name, functions) => {
  const parts: string[] = []
  for (const [call, run] of Object.entries(functions)) parts.push(showSql(call, await recordSql(run)))
  await expect(parts.join('\n')).toMatchFileSnapshot(`../../sql/${name}.sql`)
})

test('the SQL of outcome-store is the reviewed one', async () => {
  const recorded: { query: string }[] = []
  const record = (config: string | { text: string }) => {
    recorded.push({ query: typeof config === 'string' ? config : config.text })
    return Promise.resolve({ rows: [], rowCount: 0, command: '', oid: 0, fields: [] })
  }
  // Drizzle only calls `query`; the pool never connects.
  const client = Object.assign(new pg.Pool(), { query: record })
  await settleMany(drizzle({ client }), [makeRefusedOutcome(userId, mediaId)], nowMs)
  await expect(showSql('settleMany', recorded)).toMatchFileSnapshot('../../sql/outcome-store.sql')
})
