// The Worker and the web client that it serves, on one origin. A version carries code, files and settings together and
// takes traffic only when the deployment names it, after the migrations; older versions stay, to go back to.
import { createHash } from 'node:crypto'
import type { AuditKey } from './audit-key.ts'
import type { SiteBuild } from './build/build-site.ts'
import type { Database } from './database.ts'
import type { Delivery } from './delivery.ts'
import type { Queues } from './queues.ts'
import { workerName, type Settings } from './settings.ts'
import type { Storage } from './storage.ts'
import type { Telling } from './telling.ts'
import { createWorkerIdentity } from './worker-identity.ts'

export type SiteParts = {
  readonly settings: Settings
  readonly storage: Storage
  readonly queues: Queues
  readonly database: Database
  readonly delivery: Delivery
  readonly auditKey: AuditKey
  readonly telling: Telling
  readonly build: SiteBuild
}

type Binding = cloudflare.types.input.WorkerVersionBinding

/** @param migrated what must have happened before the new code answers */
export function createSite(parts: SiteParts, migrated: aws.lambda.Invocation): cloudflare.WorkersDeployment {
  const { settings, build } = parts
  const accountId = settings.cloudflareAccount
  const worker = new cloudflare.Worker('Site', {
    accountId,
    name: workerName(settings.stage),
    // With a domain of its own, a second address would be a second origin.
    subdomain: { enabled: settings.siteDomain === null, previewsEnabled: false },
    observability: {
      enabled: true,
      headSamplingRate: 1,
      logs: { enabled: true, invocationLogs: true, headSamplingRate: 1 },
    },
  })
  const version = new cloudflare.WorkerVersion(
    'SiteVersion',
    {
      accountId,
      workerId: worker.id,
      compatibilityDate: build.compatibilityDate,
      compatibilityFlags: [...build.compatibilityFlags],
      mainModule: build.modules[0]?.name ?? '',
      modules: build.modules.map(({ name, file, sha256, contentType }) => ({
        name,
        contentFile: file,
        contentSha256: sha256,
        contentType,
      })),
      assets: {
        directory: build.assets,
        config: {
          htmlHandling: 'auto-trailing-slash',
          notFoundHandling: build.notFoundHandling,
          runWorkerFirst: build.runWorkerFirst,
        },
      },
      bindings: listBindings(parts),
    },
    { dependsOn: [migrated], retainOnDelete: true },
  )
  if (settings.siteDomain !== null)
    new cloudflare.WorkersCustomDomain('SiteDomain', { accountId, hostname: settings.siteDomain, service: worker.name })
  return new cloudflare.WorkersDeployment('SiteDeployment', {
    accountId,
    scriptName: worker.name,
    strategy: 'percentage',
    versions: [{ percentage: 100, versionId: version.id }],
  })
}

function listBindings(parts: SiteParts): Binding[] {
  const { settings, storage, queues, database, delivery, auditKey, telling, build } = parts
  const { accessKeyId, secretAccessKey } = createWorkerIdentity(settings, storage, queues)
  // Nobody ever needs to know it, so nobody sets it.
  const codeKey = new random.RandomPassword('CodeKey', { length: 64, special: false })
  const plain: Record<string, $util.Input<string>> = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_REGION: aws.getRegionOutput({}).region,
    DELIVERY_KEY_PAIR_ID: delivery.keyPairId,
    INCOMING_BUCKET: storage.incoming.bucket,
    MAIL_QUEUE_URL: queues.mail.url,
    MEDIA_ORIGIN: delivery.origin,
    PUSH_PUBLIC_KEY: telling.pushPublicKey,
    SITE_ORIGIN: settings.siteOrigin,
  }
  const secret: Record<string, $util.Input<string>> = {
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AUDIT_HMAC_KEY: auditKey.result,
    CODE_HMAC_KEY: codeKey.result,
    DATABASE_URL: database.url,
    DELIVERY_PRIVATE_KEY: delivery.privateKey,
    LINK_HMAC_KEY: telling.linkKey,
  }
  const bindings: Binding[] = [
    { type: 'assets', name: 'ASSETS' },
    { type: 'ratelimit', name: 'BURST_LIMIT', namespaceId: limiterOf(settings.stage), simple: build.burstLimit },
    ...Object.entries(plain).map(([name, text]) => ({ type: 'plain_text', name, text })),
    ...Object.entries(secret).map(([name, text]) => ({ type: 'secret_text', name, text: $util.secret(text) })),
  ]
  // Cloudflare answers them by name; in another order each deployment would look like a change.
  return bindings.sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1))
}

/** Limiters of an account share their counts when they share this number. */
const limiterOf = (stage: string): string =>
  String(createHash('sha256').update(stage).digest().readUInt32BE() % 1_000_000_000)
