// Whatever is done to the log behind the back of its triggers is found: planted in the real database, and looked for by
// the very function that runs every hour, with anchors in the real S3.
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { makeDeriveRowKey, makeSealEntry } from '@shoebox/db/audit-seal.ts'
import { auditedBy } from '@shoebox/db/stores/audit-store.ts'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { makeId, uuidOf, type GroupId } from '@shoebox/shared/ids.ts'
import { anchorKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openCloud } from '../../test/open-cloud.ts'

const nowMs = Date.UTC(2026, 5, 15)
const { stack, db, s3 } = await openCloud(new Date(nowMs), { also: ['ses', 'control'] })
let groups = 0

type Report = { entries: number; anchors: number; anchored: number; findings: { kind: string; place: unknown }[] }

const run = async (event: object) => (await stack.lambdas.invoke('audit', event)) as Report
const anchor = () => run({})
const verify = () => run({ verify: 'only' })

async function append(chain: GroupId, count: number): Promise<void> {
  const secret = stack.lambdas.environmentOf('audit')?.['AUDIT_HMAC_KEY'] ?? ''
  const newId = () => makeId('audit', nowMs, crypto.getRandomValues(new Uint8Array(10)))
  const seal = makeSealEntry(await makeDeriveRowKey(secret), newId)
  for (let n = 1; n <= count; n += 1) {
    const subject = { kind: 'user', id: numberedId('user', n) } as const
    const entry = await seal({ chain, action: 'member.removed', actorId: null, subject, detail: { n }, atMs: nowMs })
    await db.execute(auditedBy(entry, sql`(select 1) as done`))
  }
}

/** A chain of six entries, of which the first four are anchored. */
async function makeChain(): Promise<GroupId> {
  const chain = numberedId('group', (groups += 1))
  await append(chain, 4)
  await anchor()
  await append(chain, 2)
  return chain
}

/** As somebody does who has the database: triggers do not run, and nothing is asked. */
const tamper = (...statements: readonly SQL[]) =>
  db.transaction(async (own) => {
    await own.execute(sql`set local session_replication_role = replica`)
    for (const statement of statements) await own.execute(statement)
  })

const inChain = (chain: GroupId) => sql`chain = ${uuidOf(chain)}::uuid`
const kindsIn = ({ findings }: Report) => [...new Set(findings.map(({ kind }) => kind))].toSorted()

const shift = (chain: GroupId, from: number, by: number) => [
  // Two steps: a unique index is checked row by row.
  sql`update audit_entries set seq = -seq where ${inChain(chain)} and seq >= ${from}`,
  sql`update audit_entries set seq = -seq + ${by} where ${inChain(chain)} and seq < 0`,
]

/** What is done to a chain, and what is found then. */
describe('what is done to the log in the database is found', () => {
  const cases: readonly (readonly [what: string, kinds: readonly string[], tamper: (chain: GroupId) => SQL[]])[] = [
    [
      'an action',
      ['entry_broken'],
      (chain) => [sql`update audit_entries set action = 'invite.created' where ${inChain(chain)} and seq = 2`],
    ],
    [
      'an actor',
      ['entry_broken'],
      (chain) => [sql`update audit_entries set actor_id = gen_random_uuid() where ${inChain(chain)} and seq = 2`],
    ],
    [
      'a subject',
      ['entry_broken'],
      (chain) => [sql`update audit_entries set subject_id = null where ${inChain(chain)} and seq = 2`],
    ],
    [
      'a detail',
      ['entry_broken'],
      (chain) => [sql`update audit_entries set detail = '{"n": 7}' where ${inChain(chain)} and seq = 6`],
    ],
    [
      'a time',
      ['entry_broken'],
      (chain) => [sql`update audit_entries set at = at - interval '1 ms' where ${inChain(chain)} and seq = 6`],
    ],
    [
      'a MAC',
      ['anchor_not_met', 'entry_broken'],
      (chain) => [sql`update audit_entries set mac = sha256('x') where ${inChain(chain)} and seq = 4`],
    ],
    [
      'an entry put in between',
      ['anchor_not_met', 'entry_beyond_head', 'entry_broken', 'head_wrong'],
      (chain) => [
        ...shift(chain, 3, 1),
        sql`insert into audit_entries select gen_random_uuid(), chain, 3, action, actor_id, subject_kind, subject_id, detail, at,
        null, mac from audit_entries where ${inChain(chain)} and seq = 2`,
      ],
    ],
    [
      'an entry added at the end, with its head',
      ['entry_broken'],
      (chain) => [
        sql`insert into audit_entries select gen_random_uuid(), chain, 7, action, actor_id, subject_kind, subject_id, detail, at,
        null, sha256('x') from audit_entries where ${inChain(chain)} and seq = 6`,
        sql`update audit_heads set seq = 7, mac = sha256('x') where ${inChain(chain)}`,
      ],
    ],
    [
      'an entry added behind the end',
      ['entry_beyond_head'],
      (chain) => [
        sql`insert into audit_entries select gen_random_uuid(), chain, 7, action, actor_id, subject_kind, subject_id, detail, at,
        null, mac from audit_entries where ${inChain(chain)} and seq = 6`,
      ],
    ],
    [
      'two entries that changed places',
      ['entry_broken'],
      (chain) => [
        sql`update audit_entries set seq = -seq where ${inChain(chain)} and seq in (2, 3)`,
        sql`update audit_entries set seq = 5 + seq where ${inChain(chain)} and seq < 0`,
      ],
    ],
    [
      'an entry taken out',
      ['entry_missing'],
      (chain) => [sql`delete from audit_entries where ${inChain(chain)} and seq = 3`],
    ],
    [
      'an entry taken out and the gap closed',
      ['anchor_not_met', 'entry_broken', 'entry_missing'],
      (chain) => [sql`delete from audit_entries where ${inChain(chain)} and seq = 3`, ...shift(chain, 4, -1)],
    ],
    [
      'an end cut off',
      ['entry_missing'],
      (chain) => [sql`delete from audit_entries where ${inChain(chain)} and seq > 4`],
    ],
    [
      'an anchored end cut off with its head',
      ['anchor_not_met'],
      (chain) => [
        sql`delete from audit_entries where ${inChain(chain)} and seq > 3`,
        sql`update audit_heads set seq = 3, mac = (select mac from audit_entries where ${inChain(chain)} and seq = 3) where ${inChain(chain)}`,
      ],
    ],
    [
      'a whole chain gone with its head',
      ['anchor_not_met'],
      (chain) => [
        sql`delete from audit_entries where ${inChain(chain)}`,
        sql`delete from audit_heads where ${inChain(chain)}`,
      ],
    ],
    [
      'a head gone',
      ['anchor_not_met', 'entry_beyond_head'],
      (chain) => [sql`delete from audit_heads where ${inChain(chain)}`],
    ],
    [
      'a head that says something else',
      ['head_wrong'],
      (chain) => [sql`update audit_heads set mac = sha256('x') where ${inChain(chain)}`],
    ],
  ]

  test.each(cases)('%s', async (_what, kinds, plant) => {
    const chain = await makeChain()
    await db.execute(sql`create table kept_entries as select * from audit_entries`)
    await db.execute(sql`create table kept_heads as select * from audit_heads`)
    try {
      await tamper(...plant(chain))
      expect(kindsIn(await verify())).toEqual(kinds)
      // A chain that is not whole is not anchored as it is now.
      expect((await anchor()).anchored).toBe(0)
    } finally {
      await tamper(
        sql`delete from audit_entries`,
        sql`insert into audit_entries select * from kept_entries`,
        sql`delete from audit_heads`,
        sql`insert into audit_heads select * from kept_heads`,
        sql`drop table kept_entries, kept_heads`,
      )
    }
    expect((await verify()).findings).toEqual([])
  })
})

test('what grew is anchored once, and an hour in which nothing happens leaves no anchor', async () => {
  await append(numberedId('group', (groups += 1)), 1)
  const { anchors, anchored } = await anchor()
  expect(anchored).toBeGreaterThan(0)
  expect(await anchor()).toMatchObject({ anchors: anchors + 1, anchored: 0 })
  expect(await verify()).toMatchObject({ anchors: anchors + 1, findings: [] })
})

test('an anchor that was changed, and one that is gone, are found', async () => {
  for (let n = 0; n < 2; n += 1) {
    await append(numberedId('group', (groups += 1)), 1)
    await anchor()
  }
  const Bucket = buckets.media
  const Key = anchorKey((await verify()).anchors - 1)
  const stored = await s3.send(new GetObjectCommand({ Bucket, Key }))
  const json = (await stored.Body?.transformToString()) ?? ''
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: json.replace('"seq":1', '"seq":2') }))
  expect(await verify()).toMatchObject({ findings: [{ kind: 'anchor_broken', place: Key }] })
  await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  expect(await verify()).toMatchObject({ findings: [{ kind: 'anchor_missing', place: Key }] })
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: json }))
  expect((await verify()).findings).toEqual([])
})

test('a chain that a back-up cut off goes on from there once that was said, and stays watched', async () => {
  const chain = await makeChain()
  await anchor()
  await tamper(
    sql`delete from audit_entries where ${inChain(chain)} and seq > 2`,
    sql`update audit_heads set seq = 2, mac = (select mac from audit_entries where ${inChain(chain)} and seq = 2)
      where ${inChain(chain)}`,
  )
  expect(kindsIn(await verify())).toEqual(['anchor_not_met'])
  expect(await run({ verify: 'accept' })).toMatchObject({ anchored: 1 })
  expect((await verify()).findings).toEqual([])
  await append(chain, 3)
  await anchor()
  await tamper(sql`update audit_entries set action = 'plan.set' where ${inChain(chain)} and seq = 5`)
  expect(kindsIn(await verify())).toEqual(['entry_broken'])
  await tamper(sql`update audit_entries set action = 'member.removed' where ${inChain(chain)} and seq = 5`)
  expect((await verify()).findings).toEqual([])
})

test('a chain that a back-up does not know begins anew once that was said', async () => {
  const chain = await makeChain()
  await anchor()
  await tamper(
    sql`delete from audit_entries where ${inChain(chain)}`,
    sql`delete from audit_heads where ${inChain(chain)}`,
  )
  expect(await run({ verify: 'accept' })).toMatchObject({ anchored: 1 })
  await append(chain, 1)
  expect(await anchor()).toMatchObject({ anchored: 1, findings: [] })
  expect((await verify()).findings).toEqual([])
})
