// What reports and the desk promise to strangers, and what moderators and administrators do not get to see.
import { createVerify } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { sessions, users } from '@shoebox/db/schema/accounts.ts'
import { auditEntries } from '@shoebox/db/schema/audit.ts'
import { media } from '@shoebox/db/schema/media.ts'
import { cases, evidence, reports } from '@shoebox/db/schema/reports.ts'
import { uuidOf, type GroupId, type MediaId } from '@shoebox/shared/ids.ts'
import { addGroup, addPerson, addPicture, type Person } from '../../test/group-world.ts'
import { openEdge } from '../../test/open-edge.ts'
import { mediaOrigin } from '../../test/start-edge.ts'
import type { Answer } from '../../test/visitor.ts'
import type { CaseOutput, CasesOutput, DecideOutput } from './desk.schema.ts'

const { edge, db } = await openEdge()
let owner: Person, reporter: Person, moderator: Person, administrator: Person
let groupId: GroupId
let itemId: MediaId

beforeAll(async () => {
  owner = await addPerson(db, edge, 'owner')
  reporter = await addPerson(db, edge, 'reporter')
  moderator = await addJudge('moderator')
  administrator = await addJudge('administrator')
  groupId = await addGroup(db, [
    [owner, 'owner'],
    [reporter, 'viewer'],
  ])
  itemId = await addPicture(db, owner, groupId, {
    derivatives: [{ name: 'preview', widthPx: 80, heightPx: 60, bytes: 9 }],
  })
})

async function addJudge(role: 'moderator' | 'administrator'): Promise<Person> {
  const person = await addPerson(db, edge, role)
  await db.update(users).set({ role }).where(eq(users.id, person.userId))
  await db
    .update(sessions)
    .set({ steppedUpUntil: new Date(Date.now() + 600_000) })
    .where(eq(sessions.userId, person.userId))
  return person
}

const codeOf = ({ refusal, status }: Answer) => refusal?.['code'] ?? status
const report = (by: Person, subject: object, more: object = {}) =>
  by.visitor.mutate('reports.create', { subject, reason: 'harassment', ...more })

/** Reports the item of the group, as if for the first time. */
async function openCase() {
  for (const table of [reports, evidence, cases]) await db.delete(table)
  expect(codeOf(await report(reporter, { kind: 'item', id: itemId }, { note: 'Please look' }))).toBe(200)
  const [opened] = await db.select().from(cases)
  return opened!.id
}

test('a report that makes no sense is refused at the rim', async () => {
  const item = { kind: 'item', id: itemId }
  for (const input of [
    { subject: { kind: 'item', id: owner.userId }, reason: 'hate' },
    { subject: { kind: 'group', id: groupId }, reason: 'hate' },
    { subject: item, reason: 'boring' },
    { subject: item, reason: 'hate', note: 'x'.repeat(501) },
    { subject: item, reason: 'hate', reporterId: owner.userId },
  ])
    expect(codeOf(await reporter.visitor.mutate('reports.create', input))).toBe('invalid_input')
})

test('somebody outside of the group learns nothing of its item by reporting it', async () => {
  const stranger = await addPerson(db, edge, 'stranger')
  const there = await report(stranger, { kind: 'item', id: itemId })
  const nowhere = await report(stranger, {
    kind: 'item',
    id: itemId.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  })
  expect([codeOf(there), codeOf(nowhere)]).toEqual(['not_found', 'not_found'])
})

test('a second report of the same is refused while the first waits', async () => {
  await openCase()
  expect(codeOf(await report(reporter, { kind: 'item', id: itemId }))).toBe('already_reported')
})

test('after thirty reports in an hour there is a pause', async () => {
  const eager = await addPerson(db, edge, 'eager')
  const answers: unknown[] = []
  for (let n = 0; n < 31; n += 1) {
    const person = await addPerson(db, edge, 'somebody')
    answers.push(codeOf(await report(eager, { kind: 'person', id: person.userId })))
  }
  expect(answers).toEqual([...Array<number>(30).fill(200), 'rate_limited'])
})

test('the desk is open with the role and a code of the last minutes, and to nobody else', async () => {
  const caseId = await openCase()
  const ask = async (by: Person) =>
    await Promise.all([
      by.visitor.query('desk.summary').then(codeOf),
      by.visitor.query('desk.cases', {}).then(codeOf),
      by.visitor.query('desk.case', { caseId }).then(codeOf),
      by.visitor.mutate('desk.decide', { caseIds: [caseId], decision: 'quarantine' }).then(codeOf),
    ])
  expect(await ask(owner)).toEqual(Array(4).fill('not_found'))
  const tired = await addJudge('administrator')
  await db
    .update(sessions)
    .set({ steppedUpUntil: new Date(Date.now() - 1) })
    .where(eq(sessions.userId, tired.userId))
  expect(await ask(tired)).toEqual(Array(4).fill('step_up_needed'))
  expect(await db.select({ state: cases.state }).from(cases)).toEqual([{ state: 'open' }])
  expect(await ask(moderator)).toEqual(Array(4).fill(200))
  const bad = await moderator.visitor.query('desk.cases', { cursor: 'zz.cas_' })
  expect(codeOf(bad)).toBe('invalid_input')
  await moderator.visitor.mutate('desk.decide', { caseIds: [caseId], decision: 'restore' })
})

test('moderators and administrators see somebody’s private item through its report, and by no other call', async () => {
  const caseId = await openCase()
  await db.update(evidence).set({ state: 'kept' })
  const [kept] = await db.select().from(evidence)
  for (const judge of [moderator, administrator]) {
    const calls: [string, object][] = [
      ['feed.item', { id: itemId }],
      ['feed.details', { mediaId: itemId }],
      ['gallery.item', { mediaId: itemId }],
      ['gallery.page', { groupId }],
      ['gallery.timeline', { groupId, zone: 'UTC' }],
      ['gallery.trash', { groupId }],
      ['comments.list', { mediaId: itemId }],
      ['originals.sign', { mediaId: itemId }],
      ['groups.find', { groupId }],
      ['groups.members', { groupId }],
    ]
    for (const [path, input] of calls) {
      const answer = await judge.visitor.query(path, input)
      expect(answer.text, path).not.toContain('Signature=')
      if (path !== 'feed.item') expect(codeOf(answer), path).not.toBe('invalid_input')
    }
    const found = await judge.visitor.query('desk.case', { caseId })
    const { delivery } = (found.data as CaseOutput).case.evidence!
    expect(delivery?.base).toBe(`${mediaOrigin}/e/${kept!.id}`)
    // The signature is for the evidence alone.
    expect(resourceOf(delivery!.query)).toBe(`${mediaOrigin}/e/${kept!.id}/*`)
    expect(found.text).not.toContain('/v/med_')
  }
})

function resourceOf(query: string): string {
  const policy = new URLSearchParams(query).get('Policy')!
  const text = Buffer.from(policy.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64').toString()
  const signature = new URLSearchParams(query).get('Signature')!
  const bytes = Buffer.from(signature.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64')
  expect(createVerify('sha256').update(text).verify(edge.deliveryPublicKey, bytes)).toBe(true)
  return (JSON.parse(text) as { Statement: { Resource: string }[] }).Statement[0]!.Resource
}

test('an administrator breaks the glass for one item, for minutes, and the log has it; a moderator cannot', async () => {
  const wish = { mediaId: itemId, reason: 'danger_to_life' }
  const viewed = () => db.select().from(auditEntries).where(eq(auditEntries.action, 'media.viewed'))
  expect(codeOf(await moderator.visitor.mutate('desk.breakGlass', wish))).toBe('not_found')
  expect(codeOf(await administrator.visitor.mutate('desk.breakGlass', { ...wish, reason: 'curious' }))).toBe(
    'invalid_input',
  )
  expect(await viewed()).toEqual([])
  const answer = await administrator.visitor.mutate('desk.breakGlass', wish)
  const { delivery } = answer.data as { delivery: { query: string; expiresAt: string } }
  expect(resourceOf(delivery.query)).toMatch(new RegExp(`^${mediaOrigin}/v/${itemId}/[0-9a-f]{16}/\\*$`))
  expect(Date.parse(delivery.expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000)
  expect(await viewed()).toMatchObject([
    { actorId: administrator.userId, subjectId: uuidOf(itemId), detail: { reason: 'danger_to_life' } },
  ])
})

test('of two moderators the second is told that it is decided, case by case', async () => {
  const caseId = await openCase()
  const decide = async (by: Person, decision: string) =>
    ((await by.visitor.mutate('desk.decide', { caseIds: [caseId], decision })).data as DecideOutput).answers
  const outcomes = await Promise.all([decide(moderator, 'dismiss'), decide(administrator, 'dismiss')])
  expect(
    outcomes
      .flat()
      .map(({ outcome }) => outcome)
      .toSorted(),
  ).toEqual(['already_decided', 'decided'])
  const listed = await moderator.visitor.query('desk.cases', { isDecided: true })
  expect((listed.data as CasesOutput).cases).toMatchObject([{ id: caseId, state: 'dismissed', isInGroup: true }])
})

test('a moderator who was reported does not learn by whom, and does not decide', async () => {
  for (const table of [reports, evidence, cases]) await db.delete(table)
  await report(reporter, { kind: 'person', id: moderator.userId }, { note: 'Rude' })
  const [opened] = await db.select().from(cases)
  const found = await moderator.visitor.query('desk.case', { caseId: opened!.id })
  expect((found.data as CaseOutput).case.isOwn).toBe(true)
  expect(found.text).not.toMatch(new RegExp(`Rude|${reporter.userId}`))
  const decided = await moderator.visitor.mutate('desk.decide', { caseIds: [opened!.id], decision: 'dismiss' })
  expect((decided.data as DecideOutput).answers).toEqual([{ caseId: opened!.id, outcome: 'not_found' }])
  const theirs = await administrator.visitor.query('desk.case', { caseId: opened!.id })
  expect((theirs.data as CaseOutput).reports).toMatchObject([{ reporter: { id: reporter.userId }, note: 'Rude' }])
})

test('several are decided alike, each by itself: one that somebody was faster with leaves the others theirs', async () => {
  for (const table of [reports, evidence, cases]) await db.delete(table)
  for (let n = 0; n < 3; n += 1)
    expect(codeOf(await report(reporter, { kind: 'person', id: (await addPerson(db, edge, 'many')).userId }))).toBe(200)
  const caseIds = (await db.select({ id: cases.id }).from(cases).orderBy(cases.id)).map(({ id }) => id)
  await moderator.visitor.mutate('desk.decide', { caseIds: caseIds.slice(1, 2), decision: 'dismiss' })
  const answer = await administrator.visitor.mutate('desk.decide', { caseIds, decision: 'dismiss' })
  expect((answer.data as DecideOutput).answers).toEqual(
    ['decided', 'already_decided', 'decided'].map((outcome, n) => ({ caseId: caseIds[n], outcome })),
  )
  const tooMany = Array.from({ length: 31 }, () => caseIds[0])
  expect(codeOf(await moderator.visitor.mutate('desk.decide', { caseIds: tooMany, decision: 'dismiss' }))).toBe(
    'invalid_input',
  )
})

test('what is put aside or removed gets no signature any more, not even for its owner', async () => {
  const caseId = await openCase()
  const sign = async () => codeOf(await owner.visitor.query('originals.sign', { mediaId: itemId }))
  expect(await sign()).toBe(200)
  await moderator.visitor.mutate('desk.decide', { caseIds: [caseId], decision: 'quarantine' })
  expect(await sign()).toBe('not_found')
  expect(codeOf(await reporter.visitor.query('gallery.item', { mediaId: itemId }))).toBe('not_found')
  await moderator.visitor.mutate('desk.decide', { caseIds: [caseId], decision: 'remove' })
  expect(await sign()).toBe('not_found')
  expect(await db.select({ listing: media.listing }).from(media).where(eq(media.id, itemId))).toEqual([
    { listing: 'removed' },
  ])
})
