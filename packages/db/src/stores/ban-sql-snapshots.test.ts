// The SQL of bans, warnings and appeals, for people to review; see sql-snapshots.test.ts.
import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { audited } from '@shoebox/testing/seal-audit.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import * as appealDesk from './appeal-desk-store.ts'
import * as appeals from './appeal-store.ts'
import * as banDesk from './ban-desk-store.ts'
import * as bans from './ban-store.ts'
import { recordSql } from './record-sql.ts'
import { showSql } from './show-sql.ts'
import * as warnings from './warning-store.ts'

const at = new Date('2026-06-15T12:00:00.000Z')
const nowMs = at.getTime()
const sessionId = 'session'
const userId = numberedId('user', 2)
const author = { userId: numberedId('user', 1), sessionId }
const charges = [{ key: 'key', windowSeconds: 60, windowStart: at, timesMax: 3 }]
const code = { verificationId: numberedId('verification', 1), codeHash: '', charges, nowMs }
const desk = { sessionId, nowMs }
const caseId = numberedId('case', 1)
const appeal = { id: numberedId('appeal', 1), text: '', nowMs }

const stores = {
  'appeal-desk-store': appealDesk,
  'appeal-store': appeals,
  'ban-desk-store': banDesk,
  'ban-store': bans,
  'warning-store': warnings,
}

const calls: Record<keyof typeof stores, Record<string, (db: EdgeDatabase) => Promise<unknown>>> = {
  'appeal-desk-store': {
    listAppeals: (db) =>
      appealDesk.listAppeals(db, { ...desk, isOpen: true, after: { createdAtMs: nowMs, id: appeal.id }, rowsMax: 31 }),
  },
  'appeal-store': {
    appealBan: (db) => appeals.appealBan(db, { ...code, ...appeal }),
    appealItem: (db) => appeals.appealItem(db, { ...appeal, author, mediaId: numberedId('media', 1) }),
    decideAppeal: (db) =>
      audited(appeals.decideAppeal)(db, { author, id: appeal.id, outcome: 'granted', answer: '', nowMs }),
  },
  'ban-desk-store': {
    findBanTarget: (db) => banDesk.findBanTarget(db, { ...desk, userId }),
    findPersonForDesk: (db) => banDesk.findPersonForDesk(db, { ...desk, key: { email: '' } }),
    listBans: (db) =>
      banDesk.listBans(db, { ...desk, after: { bannedAtMs: nowMs, id: numberedId('ban', 1) }, rowsMax: 31 }),
  },
  'ban-store': {
    banPerson: (db) =>
      audited(bans.banPerson)(db, {
        author,
        id: numberedId('ban', 1),
        userId,
        email: '',
        addressHash: '',
        reason: '',
        items: 'withdraw',
        endsAt: at,
        caseId,
        handedOver: [],
        nowMs,
      }),
    liftBan: (db) => audited(bans.liftBan)(db, { author, id: numberedId('ban', 1), nowMs }),
  },
  'warning-store': {
    warnPerson: (db) =>
      audited(warnings.warnPerson)(db, { author, id: numberedId('warning', 1), userId, reason: '', caseId, nowMs }),
    findWaitingWarning: (db) => warnings.findWaitingWarning(db, desk),
    acknowledgeWarning: (db) => warnings.acknowledgeWarning(db, { author, id: numberedId('warning', 1), nowMs }),
  },
}

/** Parts of other statements, shown where they are used. */
const parts = ['deciderOf', 'hasOtherJudge', 'closeCase', 'liftedBans', 'comeBack']

test.each(Object.entries(stores))('every function of %s has its statements here', (name, store) => {
  const functions = Object.entries(store).filter(([, value]) => typeof value === 'function')
  const expected = functions.map(([key]) => key).filter((key) => !parts.includes(key))
  expect(Object.keys(calls[name as keyof typeof stores]).toSorted()).toEqual(expected.toSorted())
})

test.each(Object.entries(calls))('the SQL of %s is the reviewed one', async (name, functions) => {
  const shown: string[] = []
  for (const [call, run] of Object.entries(functions)) shown.push(showSql(call, await recordSql(run)))
  await expect(shown.join('\n')).toMatchFileSnapshot(`../../sql/${name}.sql`)
})
