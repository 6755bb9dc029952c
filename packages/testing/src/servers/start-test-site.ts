// One Worker with the database, S3 and queues behind it, for all security and workerd tests of a run. No Lambda takes
// from the queues: what the Worker sends is there to be read, also by two test files at once.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { migrate } from '@shoebox/db/migrate.ts'
import { startStack } from '@shoebox/local/stack.ts'

/** What a test file is told; it crosses a process boundary, so plain text only. */
export type TestSiteAddress = {
  /** Where a browser would go, and what it sends as Origin. */
  readonly origin: string
  readonly mediaOrigin: string
  readonly s3Endpoint: string
  /** Postgres over TCP, to arrange rows and to look at what a call left behind. */
  readonly databaseUrl: string
  /** Answers the bodies of all messages in the queue named by the path, as a JSON array of texts. */
  readonly queuesUrl: string
}

export type TestSite = { readonly address: TestSiteAddress; readonly stop: () => Promise<void> }

export const isTestSite = (value: object): value is TestSite => 'address' in value && 'stop' in value

export async function startTestSite(): Promise<TestSite> {
  const stack = await startStack({ parts: ['postgres', 'neon', 's3', 'sqs', 'delivery', 'worker'] })
  await migrate(stack.postgres.url)
  const queues = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(stack.sqs.peek((request.url ?? '/').slice(1))))
  }).listen(0, '127.0.0.1')
  await once(queues, 'listening')
  const address = queues.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    address: {
      origin: stack.siteOrigin,
      mediaOrigin: stack.delivery.origin,
      s3Endpoint: stack.s3.endpoint,
      databaseUrl: stack.postgres.url,
      queuesUrl: `http://127.0.0.1:${port}/`,
    },
    stop: async () => {
      queues.closeAllConnections()
      queues.close()
      await stack.stop()
    },
  }
}
