// The SQL of how people are told, for people to review; see sql-snapshots.test.ts.
import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import type { EdgeDatabase } from '../connect-http.ts'
import * as mutes from './mute-store.ts'
import * as pushes from './push-store.ts'
import { recordSql } from './record-sql.ts'
import { showSql } from './show-sql.ts'

const nowMs = Date.parse('2026-06-15T12:00:00.000Z')
const sessionId = 'session'
const [userId, groupId] = [numberedId('user', 1), numberedId('group', 1)]
const change = { author: { userId, sessionId }, nowMs }

const stores = { 'mute-store': mutes, 'push-store': pushes }
const calls: Record<keyof typeof stores, Record<string, (db: EdgeDatabase) => Promise<unknown>>> = {
  'mute-store': {
    findMuteState: async (db) => {
      await mutes.findMuteState(db, { userId, groupId })
      await mutes.findMuteState(db, { userId, groupId: null })
    },
    setLevel: (db) => mutes.setLevel(db, { userId, groupId, level: 'none' }),
    setFrequency: (db) => mutes.setFrequency(db, { userId, frequency: 'off' }),
  },
  'push-store': {
    findPushSettings: (db) => pushes.findPushSettings(db, { sessionId, nowMs }),
    keepSubscription: (db) =>
      pushes.keepSubscription(db, { ...change, endpoint: 'https://push', p256dh: '', auth: '', showsNames: true }),
    dropSubscription: (db) => pushes.dropSubscription(db, { ...change, sessionId }),
    keepZone: (db) => pushes.keepZone(db, { ...change, timeZone: 'UTC' }),
    keepDigest: (db) => pushes.keepDigest(db, { ...change, frequency: 'daily', timeZone: 'UTC' }),
  },
}

test.each(Object.entries(stores))('every function of %s has its statements here', (name, store) => {
  const functions = Object.entries(store).filter(([, value]) => typeof value === 'function')
  expect(Object.keys(calls[name as keyof typeof stores]).toSorted()).toEqual(functions.map(([key]) => key).toSorted())
})

test.each(Object.entries(calls))('the SQL of %s is the reviewed one', async (name, functions) => {
  const parts: string[] = []
  for (const [call, run] of Object.entries(functions)) parts.push(showSql(call, await recordSql(run)))
  await expect(parts.join('\n')).toMatchFileSnapshot(`../../sql/${name}.sql`)
})
