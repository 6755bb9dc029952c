// Who may do what: every procedure, asked by everybody in a world of their own, over HTTP; and what it costs: a read one
// trip to the database, a write two. The table is test/matrix/*.ts; a procedure without its row neither compiles nor
// passes.
import { eq, sql } from 'drizzle-orm'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { users } from '@shoebox/db/schema/accounts.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { actors, makeWorld, type Actor } from '../test/authorisation-world.ts'
import { addPerson, newId } from '../test/group-world.ts'
import { isQuery, procedures } from '../test/is-query.ts'
import { matrix } from '../test/matrix/matrix.ts'
import type { ProcedurePath, Row } from '../test/matrix/row.ts'
import { openEdge } from '../test/open-edge.ts'
import { Visitor, type Answer } from '../test/visitor.ts'

const { edge, db } = await openEdge()

test('every procedure has its row, and every row its procedure', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(Object.keys(procedures).toSorted())
})

test('a table that lacks a row does not compile', () => {
  const { 'likes.like': _left, ...lacking } = matrix
  expectTypeOf(matrix).toExtend<Record<ProcedurePath, Row>>()
  expectTypeOf(lacking).not.toExtend<Record<ProcedurePath, Row>>()
})

describe('is answered as the table says', () => {
  test.each(Object.entries<Row>(matrix))('%s', async (path, row) => {
    const answers: Partial<Record<Actor, string>> = {}
    for (const actor of actors) answers[actor] = await ask(path, row, actor)
    expect(answers).toEqual(row.expected)
  })
})

test('who must be signed in is told that before anything else: what else they send is read for nobody', async () => {
  const visitor = new Visitor(edge)
  const locked = Object.entries<Row>(matrix).filter(([, { expected }]) => expected.signedOut === 'sign_in_needed')
  for (const [path] of locked) {
    const wrong = isQuery(path)
      ? [visitor.query(path, { nobody: 'asked' }), visitor.send(`/api/trpc/${path}?input={`, {})]
      : [visitor.mutate(path, { nobody: 'asked' }), visitor.mutate(path, undefined, { body: '{' })]
    const said = (await Promise.all(wrong)).map(({ status, refusal }) => [status, refusal])
    const signIn = [401, { code: 'sign_in_needed' }]
    expect(said, path).toEqual([signIn, signIn])
  }
})

test('text that cannot be stored, wherever it is sent, is an answer and no fault', async () => {
  const world = await makeWorld(db, edge)
  const visitor = await world.visitorOf('owner')
  for (const [path, row] of Object.entries<Row>(matrix))
    for (const input of spoilEachText(row.input?.(world))) {
      const answer = await (isQuery(path) ? visitor.query(path, input) : visitor.mutate(path, input))
      expect(answer.status, `${path} ${JSON.stringify(input)}`).toBeLessThan(500)
    }
})

test('who goes in the moment they are asked about is answered like nobody', async () => {
  const [ann, bob] = [await addPerson(db, edge), await addPerson(db, edge)]
  const { asking } = await db.transaction(async (going) => {
    await going.delete(users).where(eq(users.id, bob.userId))
    const asking = ann.visitor.mutate('blocks.block', { userId: bob.userId })
    await pollUntil(async () => {
      const { rows } = await db.execute(
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows.length > 0
    })
    return { asking }
  })
  const [gone, never] = [await asking, await ann.visitor.mutate('blocks.block', { userId: newId('user') })]
  const said = ({ status, text }: Answer) => [status, text.replace(/"requestId":"[^"]+"/, '')]
  expect(gone.refusal).toEqual({ code: 'not_found' })
  expect(said(gone)).toEqual(said(never))
})

/** The input once for each of its texts, with U+0000 in it. */
function spoilEachText(input: unknown): unknown[] {
  if (typeof input === 'string') return [`\0${input}`]
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([key, value]) =>
    spoilEachText(value).map((spoilt) =>
      Array.isArray(input) ? input.with(Number(key), spoilt) : { ...input, [key]: spoilt },
    ),
  )
}

async function ask(path: string, row: Row, actor: Actor): Promise<string> {
  const world = await makeWorld(db, edge)
  const visitor = await world.visitorOf(actor)
  const input = row.input?.(world)
  edge.neon.resetCounts()
  const answer = isQuery(path) ? await visitor.query(path, input) : await visitor.mutate(path, input)
  const { trips } = edge.neon.counts
  expect(trips, `trips of ${path} by ${actor}`).toBeLessThanOrEqual(isQuery(path) ? 1 : 2)
  return describeAnswer(answer, row)
}

function describeAnswer({ status, data, refusal, text }: Answer, row: Row): string {
  if (refusal !== null) return refusal.code
  if (status !== 200) throw new Error(text)
  const isSomething = row.isSomething as ((data: unknown) => boolean) | undefined
  return isSomething === undefined || isSomething(data) ? 'ok' : 'nothing'
}
