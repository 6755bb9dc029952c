// The whole system, once per run, for the tests that use it as people do. Tests that must break it (kill a process,
// fill a queue) start a stack of their own.
import { mkdirSync, openSync, closeSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { startStack } from '@shoebox/local/stack.ts'

/** What a test file is told; it crosses a process boundary, so plain text only. */
export type TestSystemAddress = {
  /** Where a browser goes, and what it sends as Origin. */
  readonly origin: string
  readonly mediaOrigin: string
  readonly s3Endpoint: string
  /** The inbox: a page for people, `mails.json?to=` for tests. */
  readonly inboxUrl: string
  /** Postgres over TCP, to look at what became of something. */
  readonly databaseUrl: string
}

export type TestSystem = { readonly address: TestSystemAddress; readonly stop: () => Promise<void> }

export const isTestSystem = (value: object): value is TestSystem => 'address' in value && 'stop' in value

/** What the system said during the last run, for whoever reads a failed test. */
const logPath = resolve(import.meta.dirname, '../../../../.local/test-system.log')

export async function startTestSystem(): Promise<TestSystem> {
  mkdirSync(dirname(logPath), { recursive: true })
  const log = openSync(logPath, 'w')
  const stack = await startStack({
    queues: { visibilityTimeoutSeconds: 3 },
    log: (part, line) => writeSync(log, `${new Date().toISOString()} ${part} ${line}\n`),
  })
  return {
    address: {
      origin: stack.siteOrigin,
      mediaOrigin: stack.delivery.origin,
      s3Endpoint: stack.s3.endpoint,
      inboxUrl: stack.ses.endpoint,
      databaseUrl: stack.postgres.url,
    },
    stop: async () => {
      await stack.stop()
      closeSync(log)
    },
  }
}
