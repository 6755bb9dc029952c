// What a function leaves in the log when it fails: why, and nothing of what it asked the database. Each runs in the very
// process that it has on the local cloud, which prints what a handler throws as AWS does.
import { inspect } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { users } from '@shoebox/db/schema/accounts.ts'
import { lambdaNames } from '@shoebox/local/cloud-names.ts'
import { functionDeclarations } from '@shoebox/local/lambda/declare-functions.ts'
import { InvocationError } from '@shoebox/local/lambda/execution-environment.ts'
import { startStack } from '@shoebox/local/stack.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { openDatabase } from '@shoebox/testing/open-database.ts'
import { makeSqsRecord } from '@shoebox/testing/samples/sqs-records.ts'
import { createLog } from './log.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const start = new Date('2026-06-15T12:00:00.000Z')
const secret = 'ann@secret.example'
const { rows } = await openDatabase(start)

const said: { name: string; line: string }[] = []
const stack = await startStack({
  parts: ['lambdas'],
  // Nobody listens there: every statement fails.
  databaseUrl: 'postgres://nobody@127.0.0.1:1/nowhere',
  lambdas: Object.fromEntries(lambdaNames.map((name) => [name, { isPolling: false }])),
  warm: false,
  log: (name, line) => said.push({ name, line }),
})
afterAll(() => stack.stop())

const linesOf = (part: string) => said.filter(({ name }) => name === part).map(({ line }) => line)

test.each(lambdaNames)('%s fails with a reason and without a statement', async (name) => {
  // No function behind a queue throws for a statement: it is given no batch.
  const failure: unknown = await stack.lambdas.invoke(name, {}).catch((error: unknown) => error)
  if (!(failure instanceof InvocationError)) throw new Error(`${name} did not fail`, { cause: failure })
  await expect.poll(() => linesOf(name).join('\n')).toContain('Invoke Error')
  const told = [...linesOf(name), failure.message, ...failure.trace].join('\n')
  expect(told).toContain('"event":"handler_failed"')
  expect(told).not.toMatch(/Failed query|params/)
  if (functionDeclarations[name].source === null) expect(failure.message).toContain('ECONNREFUSED')
  expect(failure.trace.join('\n'), 'where it happened').toMatch(/\n +at .*apps\/processor\/src/)
})

test('a message that fails leaves no address in the log', async () => {
  const complaint = { eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: secret }] } }
  const answer = await stack.lambdas.invoke('bounces', { Records: [makeSqsRecord('m1', JSON.stringify(complaint))] })
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] })
  expect(linesOf('bounces').join('\n')).toContain('"event":"message_failed"')
  expect(linesOf('bounces').join('\n')).not.toContain(secret)
})

test('nothing hangs on what is thrown: neither parameters nor the row that Postgres refused', async () => {
  const account = { email: secret, name: 'Ann', passwordHash: '-', emailVerifiedAt: start, createdAt: start }
  const add = (n: number) => rows.db.insert(users).values({ id: numberedId('user', n), ...account })
  await add(1)
  expect(inspect(await add(2).catch((error: unknown) => error))).toContain(`(${secret}) already exists`)
  const lines: string[] = []
  const handler = rethrowPlainly(
    createLog('part', (line) => lines.push(line)),
    () => add(2),
  )
  const failure: unknown = await handler().catch((error: unknown) => error)
  const told = [...lines, inspect(failure, { depth: 9, showHidden: true })].join('\n')
  expect(told).toContain('duplicate key value violates unique constraint')
  expect(told).not.toContain(secret)
})
