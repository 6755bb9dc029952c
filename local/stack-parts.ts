// What each part of the stack is and how it is started. Parts are imported when asked for, so that a test which only
// wants Postgres does not pay for the rest. Used by stack.ts only.
import { join } from 'node:path'
import type { LambdaName } from './cloud-names.ts'
import { declareBuckets } from './s3/declare-buckets.ts'
import { declareQueues } from './sqs/declare-queues.ts'
import type { PartName, StackParts, StartContext } from './stack-context.ts'

type Starters = { [N in PartName]: (context: StartContext) => Promise<StackParts[N]> }

export const partStarters: Starters = {
  async postgres({ dataDir, guard, options, port }) {
    const { startPostgres, usePostgres } = await import('./postgres/start-postgres.ts')
    if (options.databaseUrl !== undefined) return usePostgres(options.databaseUrl)
    return startPostgres({
      dataDir: join(dataDir, 'postgres'),
      guard,
      ...wish(port('postgres')),
      onLine: (line) => options.log?.('postgres', line),
      onDeath: (how) => options.onDeath?.('postgres', how),
    })
  },

  async neon({ port }) {
    const { startNeonFront } = await import('./neon/start-neon-front.ts')
    return startNeonFront(wish(port('neon')))
  },

  async sqs({ dataDir, options, port }) {
    const { startSqs } = await import('./sqs/start-sqs.ts')
    return startSqs({
      dataDir: join(dataDir, 'sqs'),
      queues: declareQueues(options.queues),
      ...wish(port('sqs')),
      log: (line) => options.log?.('sqs', line),
    })
  },

  async s3({ dataDir, options, site, need, port }) {
    const [{ startS3 }, sqs] = await Promise.all([import('./s3/start-s3.ts'), need('sqs')])
    return startS3({
      dataDir: join(dataDir, 's3'),
      buckets: declareBuckets(site.origin, sqs.arnOf('uploads')),
      sendEvent: (queueArn, body) => Promise.resolve(sqs.send(queueArn.split(':').at(-1) ?? '', body)),
      ...wish(port('s3')),
      log: (line) => options.log?.('s3', line),
      ...(options.s3NowMs !== undefined && { now: options.s3NowMs }),
    })
  },

  async ses({ dataDir, need, port }) {
    const [{ startSes }, sqs] = await Promise.all([import('./ses/start-ses.ts'), need('sqs')])
    return startSes({
      dataDir: join(dataDir, 'ses'),
      sendEvent: (body) => sqs.send('bounces', body),
      ...wish(port('mail')),
    })
  },

  async delivery({ dataDir, site, need, port }) {
    const [{ startDelivery }, { openDeliveryKey }, s3] = await Promise.all([
      import('./delivery/start-delivery.ts'),
      import('./delivery/delivery-key.ts'),
      need('s3'),
    ])
    const key = openDeliveryKey(join(dataDir, 'delivery'))
    const front = await startDelivery({
      keys: new Map([[key.keyPairId, key.publicKey]]),
      siteOrigin: site.origin,
      findObject: s3.findObject,
      ...wish(port('delivery')),
    })
    return { ...front, key }
  },

  async push({ dataDir, options, port }) {
    const [{ startPush }, { openPushKey }] = await Promise.all([
      import('./push/start-push.ts'),
      import('./push/push-key.ts'),
    ])
    const key = openPushKey(join(dataDir, 'push'))
    const log = (line: string) => options.log?.('push', line)
    const service = await startPush({ publicKey: key.publicKey, ...wish(port('push')), log })
    return { ...service, key }
  },

  async worker(context) {
    const { startSite } = await import('./worker/start-site.ts')
    return startSite(context)
  },

  async control({ logs, need, port }) {
    const [{ startControl }, sqs] = await Promise.all([import('./control/start-control.ts'), need('sqs')])
    return startControl({
      // The functions ask it for metrics, so they wait for it and not it for them.
      functions: {
        environmentOf: async (name) => (await need('lambdas')).environmentOf(name),
        invoke: async (name, event) => (await need('lambdas')).invoke(name as LambdaName, event),
      },
      queues: sqs,
      logs: logs ?? { find: () => [], has: () => false },
      ...wish(port('control')),
    })
  },

  async lambdas({ dataDir, guard, options, site, need }) {
    const [{ startLambdas }, { openSecret }, s3, sqs, ses, postgres, push, control] = await Promise.all([
      import('./lambda/start-lambdas.ts'),
      import('./open-secret.ts'),
      need('s3'),
      need('sqs'),
      need('ses'),
      need('postgres'),
      need('push'),
      need('control'),
    ])
    const lambdas = await startLambdas({
      surroundings: {
        s3,
        sqs,
        ses,
        postgres,
        push,
        linkKey: openSecret(dataDir, 'link-hmac-key'),
        auditKey: openSecret(dataDir, 'audit-hmac-key'),
        siteOrigin: site.origin,
        controlEndpoint: control.endpoint,
      },
      guard,
      isWarm: options.warm !== false,
      hasClock: options.clock !== false,
      migrateFirst: options.migrate !== false && options.databaseUrl === undefined,
      ...(options.lambdas === undefined ? {} : { settings: options.lambdas }),
      log: (functionName, line) => options.log?.(functionName, line),
    })
    if (options.worker?.watch !== true) return lambdas
    const { watchSources } = await import('./processes/watch-sources.ts')
    const stopWatching = watchSources(
      ['apps/processor/src', 'packages/db/src', 'packages/shared/src'],
      lambdas.retireAll,
    )
    return {
      ...lambdas,
      stop() {
        stopWatching()
        return lambdas.stop()
      },
    }
  },
}

function wish(port: number | undefined): { port?: number } {
  return port === undefined ? {} : { port }
}
