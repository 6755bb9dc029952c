// The real Worker in workerd with a database of the run's Postgres, S3 and SQS beside it, for the tests of the HTTP
// surface. One of them serves a whole file: it takes about a second to start and a few milliseconds a call.
import { generateKeyPairSync } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buckets, credentials, region } from '@shoebox/local/cloud-names.ts'
import { findFreePort } from '@shoebox/local/ports.ts'
import { startStack } from '@shoebox/local/stack.ts'
import { startWorker } from '@shoebox/local/worker/start-worker.ts'
import { auditSecret } from '@shoebox/testing/seal-audit.ts'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'

export const mediaOrigin = 'http://media.test'
export const linkKey = 'a key for the links of tests, of enough characters'

export type Edge = Awaited<ReturnType<typeof startEdge>>

/** A benchmark brings its own database. */
export async function startEdge(vars: Record<string, string> = {}, own?: ClonedDatabase) {
  const database = own ?? (await cloneDatabase())
  const stack = await startStack({ parts: ['postgres', 'neon', 'sqs', 's3'], databaseUrl: database.url })
  const port = await findFreePort()
  const origin = `http://127.0.0.1:${port}`
  const assetsDir = writeAssets()
  const logged: string[] = []
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const worker = await startWorker({
    port,
    assetsDir,
    log: (line) => void logged.push(line),
    vars: {
      SITE_ORIGIN: origin,
      DATABASE_URL: stack.postgres.url,
      DATABASE_HTTP_ENDPOINT: stack.neon.httpUrl,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      S3_ENDPOINT: stack.s3.endpoint,
      INCOMING_BUCKET: buckets.incoming,
      MAIL_QUEUE_URL: stack.sqs.urlOf('mail'),
      MEDIA_ORIGIN: mediaOrigin,
      DELIVERY_KEY_PAIR_ID: 'KTEST',
      DELIVERY_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      CODE_HMAC_KEY: 'a key of tests, at least thirty-two characters long',
      AUDIT_HMAC_KEY: auditSecret,
      LINK_HMAC_KEY: linkKey,
      PUSH_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      ...vars,
    },
  })
  return {
    origin,
    databaseUrl: stack.postgres.url,
    deliveryPublicKey: publicKey,
    s3Endpoint: stack.s3.endpoint,
    findObject: stack.s3.findObject,
    mailQueueUrl: stack.sqs.urlOf('mail'),
    /** Trips to the database since the last reset. */
    neon: stack.neon,
    /** What the Worker printed. */
    logged,
    /** The mails waiting on the queue, oldest first. */
    mails: (): Record<string, string>[] =>
      stack.sqs.peek('mail').map((body) => JSON.parse(body) as Record<string, string>),
    async stop() {
      await worker.stop()
      await stack.stop()
      await database.drop()
      rmSync(assetsDir, { recursive: true, force: true })
    },
  }
}

/** Stands in for the built web client. */
function writeAssets(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-assets-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><head><title>Shoebox</title></head><body></body>')
  writeFileSync(join(folder, 'assets/app-0a1b2c3d.js'), 'export {}')
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const passwords = new URL('../../web/public/common-passwords.txt', import.meta.url)
  copyFileSync(passwords, join(folder, 'common-passwords.txt'))
  return folder
}
