// What people reach at the site's address: the Worker with the built client, or, when developing the client, a hot
// reloading server in front of the Worker. Called by the stack.
import { buckets, credentials, region } from '../cloud-names.ts'
import { openSecret } from '../open-secret.ts'
import { findFreePort, loopbackHost } from '../ports.ts'
import type { Site, StackParts, StartContext } from '../stack-context.ts'
import { watchSources } from '../processes/watch-sources.ts'
import { buildWeb, webDist } from './build-web.ts'
import { startWorker } from './start-worker.ts'

export async function startSite(context: StartContext): Promise<Site> {
  const { options, site, guard } = context
  const { watch = false, hot = false } = options.worker ?? {}
  const log = (line: string) => options.log?.('worker', line)
  const build = () => buildWeb(guard, (line) => options.log?.('web', line))
  const [vars] = await Promise.all([planVars(context), build()])
  const port = hot ? await findFreePort() : site.port
  const worker = await startWorker({ port, vars, assetsDir: webDist, watch: watch || hot, guard, log })
  const workerOrigin = `http://${loopbackHost}:${port}`
  const web = hot ? await (await import('./serve-web-hot.ts')).serveWebHot(site.port, workerOrigin) : null
  const rebuild = () =>
    build().then(worker.reload, (error: unknown) => options.log?.('web', error instanceof Error ? error.message : ''))
  const stopWatching = watch && !hot ? watchSources(webSources, () => void rebuild()) : null
  return {
    workerOrigin,
    async stop() {
      stopWatching?.()
      await web?.stop()
      await worker.stop()
    },
  }
}

const webSources = ['apps/web/src', 'apps/web/public', 'apps/web/service-worker', 'packages/shared/src']

/** The Worker's settings; apps/edge-api/src/env.ts says what each is. */
async function planVars(context: StartContext): Promise<Record<string, string>> {
  const { need, options, site, dataDir } = context
  const parts = [need('postgres'), need('neon'), need('s3'), need('sqs'), need('delivery'), need('push')] as const
  const [postgres, neon, s3, sqs, delivery, push] = await Promise.all(parts)
  return {
    SITE_ORIGIN: site.origin,
    DATABASE_URL: postgres.url,
    DATABASE_HTTP_ENDPOINT: neon.httpUrl,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    S3_ENDPOINT: s3.endpoint,
    INCOMING_BUCKET: buckets.incoming,
    MAIL_QUEUE_URL: sqs.urlOf('mail'),
    ...deliveryVars(delivery),
    // Kept, so that a code mailed before a restart still works after it.
    CODE_HMAC_KEY: openSecret(dataDir, 'code-hmac-key'),
    AUDIT_HMAC_KEY: openSecret(dataDir, 'audit-hmac-key'),
    LINK_HMAC_KEY: openSecret(dataDir, 'link-hmac-key'),
    PUSH_PUBLIC_KEY: push.key.publicKey,
    PUSH_ENDPOINT: push.origin,
    ...(options.deliveryBucketSeconds === undefined
      ? {}
      : { DELIVERY_BUCKET_SECONDS: String(options.deliveryBucketSeconds) }),
    ...options.worker?.vars,
  }
}

const deliveryVars = ({ origin, key }: StackParts['delivery']) => ({
  MEDIA_ORIGIN: origin,
  DELIVERY_KEY_PAIR_ID: key.keyPairId,
  DELIVERY_PRIVATE_KEY: key.privateKey,
})
