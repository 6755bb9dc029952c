// What the log promises by itself, whoever writes: entries follow one another, and stay.
import { createHmac } from 'node:crypto'
import { asc, eq, sql, type SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { uuidOf, type GroupId } from '@shoebox/shared/ids.ts'
import { genesisMac, siteChain, writeAuditBody, type AuditAct } from '@shoebox/shared/safety/audit-entry.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { auditSecret, sealForTest } from '@shoebox/testing/seal-audit.ts'
import { makeDeriveRowKey } from '../audit-seal.ts'
import { auditEntries, auditHeads } from '../schema/audit.ts'
import { auditedBy, auditedEach } from './audit-store.ts'

const start = new Date('2026-06-15T12:00:00.123Z')
const { rows, edge } = await openDatabase(start)

const actIn = (chain: GroupId | null, n = 1): AuditAct => ({
  chain,
  action: chain === null ? 'plan.set' : 'member.removed',
  actorId: numberedId('user', 1),
  subject: { kind: 'user', id: numberedId('user', n) },
  detail: { plan: 'pro', from: 'free', n },
  atMs: start.getTime(),
})

const append = async (act: AuditAct, happened = sql`(select 1) as happened`) =>
  await edge.execute(sql`with audited as (${auditedBy(sealForTest(act), happened)}) select 1`)

const readChain = (chain: string) =>
  rows.db
    .select({ entry: auditEntries, detail: sql<string>`detail::text` })
    .from(auditEntries)
    .where(eq(auditEntries.chain, chain))
    .orderBy(asc(auditEntries.seq))

test('an entry is bound to the one before it by an HMAC with a key that Postgres does not keep', async () => {
  const chain = numberedId('group', 1)
  for (const n of [1, 2, 3]) await append(actIn(chain, n))
  const deriveRowKey = await makeDeriveRowKey(auditSecret)
  let last = Buffer.from(genesisMac, 'hex')
  for (const { entry, detail } of await readChain(uuidOf(chain))) {
    const { actorId, ...body } = entry
    const id = uuidOf(entry.id)
    const text = writeAuditBody({ ...body, id, actorId: actorId && uuidOf(actorId), detail })
    last = createHmac('sha256', await deriveRowKey(id))
      .update(last)
      .update(text)
      .digest()
    expect(entry).toMatchObject({ mac: last, rowKey: null })
  }
  const [head] = await rows.db
    .select()
    .from(auditHeads)
    .where(eq(auditHeads.chain, uuidOf(chain)))
  expect(head).toMatchObject({ seq: 3, mac: last })
})

test('nothing is written of what did not happen', async () => {
  const chain = numberedId('group', 2)
  await append(actIn(chain), sql`(select 1 where false) as happened`)
  expect(await readChain(uuidOf(chain))).toHaveLength(0)
})

test('of several things each that happened is written, in the chain it belongs to', async () => {
  const [one, other] = [numberedId('group', 3), numberedId('group', 4)]
  const entries = [1, 2, 3].map((n) => sealForTest(actIn(one, n)))
  const happened = sql`(values (${uuidOf(numberedId('user', 3))}::uuid, ${uuidOf(other)}::uuid),
    (${uuidOf(numberedId('user', 1))}::uuid, ${uuidOf(one)}::uuid))`
  await edge.execute(sql`with happened as (select * from ${happened} as done (id, group_id)),
    audited as (${auditedEach(entries, sql`happened`, { chain: sql`group_id` })}) select 1`)
  const subjects = (found: Awaited<ReturnType<typeof readChain>>) => found.map(({ entry }) => entry.subjectId)
  expect(subjects(await readChain(uuidOf(one)))).toEqual([uuidOf(numberedId('user', 1))])
  expect(subjects(await readChain(uuidOf(other)))).toEqual([uuidOf(numberedId('user', 3))])
})

test('whatever appends at once, no number is given twice and none is left out', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, n) => append(actIn(n % 2 === 0 ? null : numberedId('group', 5), n))))
  for (const chain of [siteChain, uuidOf(numberedId('group', 5))]) {
    const seqs = (await readChain(chain)).map(({ entry }) => entry.seq)
    expect(seqs).toEqual(Array.from({ length: 30 }, (_, n) => n + 1))
  }
})

test('what is written stays: no statement changes, removes or adds anything beside the chain', async () => {
  await append(actIn(numberedId('group', 6)))
  const chain = uuidOf(numberedId('group', 6))
  const refused = [
    sql`update audit_entries set action = 'plan.set'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries`,
    sql`insert into audit_entries (id, chain, seq, action, subject_kind, at, mac)
      values (gen_random_uuid(), ${chain}::uuid, 2, 'plan.set', 'site', ${start.toISOString()}::timestamptz, '\\x00')`,
    sql`update audit_heads set seq = 7`,
    sql`delete from audit_heads`,
    sql`truncate audit_heads`,
    sql`insert into audit_heads (chain, seq, mac) values (gen_random_uuid(), 7, '\\x00')`,
  ]
  for (const statement of refused)
    await expect(rows.db.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/only appended to|needs its key/) as string },
    })
  expect(await readChain(chain)).toHaveLength(1)
})

test('a role that does not own the tables appends, and can neither change an entry nor lift what refuses it', async () => {
  const role = `app_${crypto.randomUUID().slice(0, 8)}`
  const entry = sealForTest(actIn(numberedId('group', 7)))
  const asRole = (statement: SQL) =>
    rows.db.transaction(async (own) => {
      await own.execute(sql.raw(`set local role ${role}`))
      await own.execute(statement)
    })
  await rows.db.execute(
    sql.raw(`create role ${role}; grant select, insert, update, delete on all tables in schema public to ${role};
      revoke update, delete on audit_entries from ${role}; revoke delete on audit_heads from ${role}`),
  )
  try {
    await asRole(auditedBy(entry, sql`(select 1) as happened`))
    for (const statement of [
      sql`update audit_entries set action = 'plan.set'`,
      sql`delete from audit_heads`,
      sql`update audit_heads set seq = 7`,
      sql`alter table audit_entries disable trigger all`,
      sql`set session_replication_role = replica`,
    ])
      await expect(asRole(statement)).rejects.toThrow()
  } finally {
    await rows.db.execute(sql.raw(`drop owned by ${role}; drop role ${role}`))
  }
  expect(await readChain(uuidOf(numberedId('group', 7)))).toHaveLength(1)
})
