// The whole cloud in the order in which its parts need one another. Called by sst.config.ts, nowhere else.
import { createAlarms } from './alarms.ts'
import { createAuditKey } from './audit-key.ts'
import { buildArtefacts } from './artefacts.ts'
import { createDashboard } from './dashboard.ts'
import { createDatabase } from './database.ts'
import { createDelivery } from './delivery.ts'
import type { Surroundings } from './lambda-surroundings.ts'
import { createLambda } from './lambdas.ts'
import { createMail } from './mail.ts'
import { createMeters } from './meters.ts'
import { runMigrations } from './migrations.ts'
import { lambdaNames } from './plan.ts'
import { announceArrivals, createQueues } from './queues.ts'
import { readSettings } from './settings.ts'
import { createSite } from './site.ts'
import { createStorage } from './storage.ts'
import { createTelling } from './telling.ts'

export function deploy() {
  const settings = readSettings($app.stage)
  const database = createDatabase(settings)
  const artefacts = buildArtefacts(settings)
  const storage = createStorage(settings)
  const { queues, pairs } = createQueues()
  announceArrivals(storage, queues)
  const mail = createMail(settings, queues)
  const delivery = createDelivery(settings, storage)
  const auditKey = createAuditKey(settings)
  const telling = createTelling()
  const surroundings: Surroundings = { settings, storage, queues, pairs, mail, database, delivery, telling, auditKey }

  const migrator = createLambda('migrate', surroundings, artefacts)
  const migrated = runMigrations(migrator)
  const lambdas = lambdaNames
    .filter((name) => name !== 'migrate')
    .map((name) => createLambda(name, surroundings, artefacts, [migrated]))
  createSite({ settings, storage, queues, database, delivery, auditKey, telling, build: artefacts.site }, migrated)

  createMeters([migrator, ...lambdas])
  const alarms = createAlarms(settings, pairs, delivery)
  createDashboard(delivery)
  return {
    site: settings.siteOrigin,
    media: delivery.origin,
    incomingBucket: storage.incoming.bucket,
    mediaBucket: storage.media.bucket,
    alarms: alarms.arn,
    migrations: migrated.result,
  }
}
