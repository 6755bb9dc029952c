import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TRPCError } from '@trpc/server'
import { expect, onTestFinished, test } from 'vitest'
import { findPassing } from '../trpc/refusals.ts'
import { makeMultipartStorage } from './s3-multipart.ts'

/** What becomes of a call whose every request an S3 answers so. */
async function failAgainst(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret' }
  const settings = { region: 'eu-central-1', credentials, bucket: 'incoming', endpoint: `http://127.0.0.1:${port}` }
  const storage = makeMultipartStorage(settings, () => 0)
  const cause = await storage.complete('a-key', 'an-upload', []).catch((error: Error) => error)
  if (!(cause instanceof Error)) throw new Error(`it was ${cause}`)
  return findPassing(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }))
}

const say =
  (status: number, code: string): RequestListener =>
  (_request, response) =>
    void response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)

for (const [name, answer, passing] of [
  ['a busy S3', say(503, 'SlowDown'), 'busy'],
  ['one that fails', say(500, 'InternalError'), 'busy'],
  ['one that finds out late that it fails', say(200, 'InternalError'), 'busy'],
  ['one that breaks off', (request) => void request.socket.destroy(), 'busy'],
  ['one that does not let us in', say(403, 'AccessDenied'), null],
  ['one that does not understand', say(400, 'MalformedXML'), null],
] as const satisfies readonly (readonly [string, RequestListener, string | null])[])
  test(`of ${name} it is told ${passing === null ? 'as a fault of ours' : 'that asking again may help'}`, async () => {
    expect(await failAgainst(answer)).toBe(passing)
  })
