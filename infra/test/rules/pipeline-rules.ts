import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { hashMigrations } from '../../hash-migrations.ts'
import { repositoryRoot } from '../../build/repository-root.ts'
import { lambdaNames, planOf, queueNames, titleOf } from '../../plan.ts'
import { at, listAt, readPolicy, textAt, texts, type Graph } from '../graph.ts'
import type { Resource } from '../recorder/recorded.ts'
import { isSame, unless, type Rule } from './rule.ts'

const lambdas = (graph: Graph) => graph.all('lambda/function:Function')
const queues = (graph: Graph) => graph.all('sqs/queue:Queue')
const sources = (graph: Graph) => graph.all('lambda/eventSourceMapping:EventSourceMapping')
const byOutput = (resources: readonly Resource[], key: string, value: unknown) =>
  resources.find(({ outputs }) => outputs[key] === value)

const filesOf = (graph: Graph, lambda: Resource): string[] => {
  const code = graph
    .all('s3/bucketObjectv2:BucketObjectv2')
    .find(({ inputs }) => inputs['key'] === lambda.inputs['s3Key'])
  return texts(listAt(code?.inputs, 'files'))
}

/** A queue that a Lambda empties, with that Lambda. */
const consumptions = (graph: Graph) =>
  sources(graph).map((source) => ({
    source,
    queue: byOutput(queues(graph), 'arn', source.inputs['eventSourceArn']),
    lambda: byOutput(lambdas(graph), 'arn', source.inputs['functionName']),
  }))

const migrations = join(repositoryRoot, 'packages/db/migrations')

export const pipelineRules: readonly Rule[] = [
  {
    name: 'every queue and every Lambda of the plan is there, and no other',
    find: (graph) => {
      const names = (resources: readonly Resource[]) =>
        texts(resources.map(({ outputs }) => outputs['name'] ?? '')).sort()
      const physical = (name: string) => `shoebox-${graph.stage}-${name}`
      const expected = queueNames.flatMap((name) => [name, `${name}-dead`])
      return [
        ...(isSame(names(queues(graph)), expected.map(physical).sort())
          ? []
          : [`queues: ${names(queues(graph)).join(', ')}`]),
        ...(isSame(names(lambdas(graph)), lambdaNames.map(physical).sort())
          ? []
          : [`Lambdas: ${names(lambdas(graph)).join(', ')}`]),
      ]
    },
  },
  {
    name: 'every queue that is emptied rests its failures for 14 days',
    find: (graph) =>
      unless(
        consumptions(graph),
        ({ queue }) => {
          const redrive = JSON.parse(textAt(queue?.inputs, 'redrivePolicy') || 'null') as Record<string, unknown> | null
          const dead = byOutput(queues(graph), 'arn', redrive?.['deadLetterTargetArn'])
          const takesOnlyThis = graph.all('sqs/redriveAllowPolicy:RedriveAllowPolicy').some(
            ({ inputs }) =>
              inputs['queueUrl'] === dead?.outputs['url'] &&
              isSame(JSON.parse(textAt(inputs, 'redriveAllowPolicy')), {
                redrivePermission: 'byQueue',
                sourceQueueArns: [queue?.outputs['arn']],
              }),
          )
          return (
            redrive?.['maxReceiveCount'] === 5 &&
            dead !== undefined &&
            dead.inputs['messageRetentionSeconds'] === 1_209_600 &&
            queue?.inputs['messageRetentionSeconds'] === 1_209_600 &&
            takesOnlyThis
          )
        },
        ({ source }) => `${source.name}: a message that always fails is lost or comes for ever`,
      ),
  },
  {
    name: 'a message stays hidden six times as long as its Lambda may run',
    find: (graph) =>
      unless(
        consumptions(graph),
        ({ queue, lambda }) =>
          Number(queue?.inputs['visibilityTimeoutSeconds']) >= 6 * Number(lambda?.inputs['timeout'] ?? Number.NaN),
        ({ source }) => `${source.name}: messages are handed out a second time while the first is worked on`,
      ),
  },
  {
    name: 'a Lambda is fed as planned: in part failing, and bounded',
    find: (graph) =>
      lambdaNames.flatMap((name) => {
        const plan = planOf(name).consumes
        const source = graph.find('lambda/eventSourceMapping:EventSourceMapping', `${titleOf(name)}Source`)
        if (plan === undefined) return source === undefined ? [] : [`${name} is fed though nothing is planned`]
        const inputs = source?.inputs
        const isRight =
          isSame(at(inputs, 'functionResponseTypes'), ['ReportBatchItemFailures']) &&
          at(inputs, 'batchSize') === plan.batch &&
          at(inputs, 'maximumBatchingWindowInSeconds') === plan.windowSeconds &&
          (plan.batch <= 10 || plan.windowSeconds >= 1) &&
          at(inputs, 'scalingConfig.maximumConcurrency') === plan.concurrencyMax &&
          plan.concurrencyMax >= 2 &&
          at(inputs, 'enabled') !== false &&
          // What a filter leaves out is deleted, and nobody is told.
          at(inputs, 'filterCriteria') === undefined &&
          at(inputs, 'eventSourceArn') ===
            graph.find('sqs/queue:Queue', `${titleOf(plan.queue)}Queue`)?.outputs['arn'] &&
          at(inputs, 'functionName') ===
            graph.find('lambda/function:Function', `${titleOf(name)}Function`)?.outputs['arn']
        return isRight ? [] : [`${name} is not fed as planned: ${JSON.stringify(inputs)}`]
      }),
  },
  {
    name: 'an arrival in the incoming bucket, and only there, reaches the uploads queue',
    find: (graph) => {
      const notifications = graph.all('s3/bucketNotification:BucketNotification')
      const incoming = graph.find('s3/bucket:Bucket', `shoebox-${graph.stage}-incoming`)
      const uploads = graph.find('sqs/queue:Queue', 'UploadsQueue')
      const policy = graph.find('sqs/queuePolicy:QueuePolicy', 'UploadsPolicy')
      const [only] = notifications
      const sends = readPolicy(policy?.inputs['policy'] ?? '{}').filter(({ effect }) => effect === 'Allow')
      const isRight =
        notifications.length === 1 &&
        only?.inputs['bucket'] === incoming?.outputs['bucket'] &&
        isSame(at(only?.inputs, 'queues'), [
          { events: ['s3:ObjectCreated:*'], id: 'uploads', queueArn: uploads?.outputs['arn'] },
        ]) &&
        sends.length === 1 &&
        isSame(sends[0]?.principals, { Service: 's3.amazonaws.com' }) &&
        isSame(sends[0]?.actions, ['sqs:SendMessage']) &&
        textAt(sends[0]?.conditions, 'ArnEquals.aws:SourceArn') === incoming?.outputs['arn'] &&
        textAt(sends[0]?.conditions, 'StringEquals.aws:SourceAccount') !== '' &&
        only !== undefined &&
        policy !== undefined &&
        graph.isAfter(only, policy)
      return isRight ? [] : ['uploads would not be noticed, or a stranger could announce some']
    },
  },
  {
    name: 'every Lambda runs as planned',
    find: (graph) =>
      lambdaNames.flatMap((name) => {
        const inputs = graph.find('lambda/function:Function', `${titleOf(name)}Function`)?.inputs
        const plan = planOf(name)
        const log = graph.find('cloudwatch/logGroup:LogGroup', `${titleOf(name)}Log`)
        const isRight =
          at(inputs, 'runtime') === 'nodejs24.x' &&
          isSame(at(inputs, 'architectures'), [graph.isProduction ? 'arm64' : 'x86_64']) &&
          at(inputs, 'memorySize') === plan.memoryMb &&
          at(inputs, 'timeout') === plan.timeoutSeconds &&
          at(inputs, 'handler') === `src/${name}.lambda.handler` &&
          at(inputs, 'reservedConcurrentExecutions') === undefined &&
          isSame(at(inputs, 'loggingConfig'), { logFormat: 'JSON', logGroup: log?.outputs['name'] }) &&
          log?.inputs['retentionInDays'] === 30
        return isRight ? [] : [`${name} runs otherwise: ${JSON.stringify(inputs)}`]
      }),
  },
  {
    name: 'a Lambda gets the variables that it reads, and no other',
    find: (graph) =>
      lambdaNames.flatMap((name) => {
        const lambda = graph.find('lambda/function:Function', `${titleOf(name)}Function`)
        const own = ['NODE_OPTIONS', 'SST_KEY', 'SST_KEY_FILE', 'SST_RESOURCE_App']
        const planned = planOf(name).variables.map((variable) => variable.replace('DIRECT_', ''))
        const found = Object.keys((at(lambda?.inputs, 'environment.variables') ?? {}) as object).sort()
        return isSame(found, [...own, ...planned].sort()) ? [] : [`${name} has ${found.join(', ')}`]
      }),
  },
  {
    name: 'native code is there for the processor it runs on, and for no other',
    find: (graph) =>
      unless(
        lambdas(graph).filter(({ name }) => name === 'InspectFunction' || name === 'VideoFunction'),
        (lambda) => {
          const cpu = isSame(lambda.inputs['architectures'], ['arm64']) ? 'arm64' : 'x64'
          const native = filesOf(graph, lambda).filter((file) => /\.(node|so)(\.|$)/.test(file))
          const wanted = [
            '@img/sharp',
            '@img/sharp-libvips',
            ...(lambda.name === 'VideoFunction' ? ['@seydx/node-av'] : []),
          ]
          return (
            wanted.every((name) => native.some((file) => file.includes(`/${name}-linux-${cpu}/`))) &&
            native.every((file) => file.includes(`-linux-${cpu}`))
          )
        },
        ({ name }) => `${name} would not find its native code`,
      ),
  },
  {
    name: 'a zip holds all that its Lambda starts or reads',
    find: (graph) => {
      const decoder = 'src/inspect/decoder/decoder.child.mjs'
      const sql = readdirSync(migrations).filter((file) => file.endsWith('.sql'))
      const wanted: Readonly<Record<string, readonly string[]>> = {
        inspect: [decoder],
        video: [decoder, 'src/video/reader/reader.child.mjs'],
        migrate: ['migrations/meta/_journal.json', ...sql.map((file) => `migrations/${file}`)],
      }
      return lambdaNames.flatMap((name) => {
        const lambda = graph.find('lambda/function:Function', `${titleOf(name)}Function`)
        const files = new Set(lambda === undefined ? [] : filesOf(graph, lambda))
        const missing = [`src/${name}.lambda.mjs`, ...(wanted[name] ?? [])].filter((file) => !files.has(file))
        return missing.map((file) => `${file} is missing from ${name}`)
      })
    },
  },
  {
    name: 'migrations run before any other new code, and when the SQL changed',
    find: (graph) => {
      const invocation = graph.find('lambda/invocation:Invocation', 'Migrations')
      if (invocation === undefined) return ['no migrations']
      const others = lambdaNames.filter((name) => name !== 'migrate')
      const names = [
        'PersistSource',
        'SiteVersion',
        'SiteDeployment',
        ...others.map((name) => `${titleOf(name)}Function`),
      ]
      const waiting = names.flatMap((name) => graph.resources.filter((resource) => resource.name === name))
      const isKeyed =
        textAt(invocation.inputs, 'input') === JSON.stringify({ sql: hashMigrations(migrations) }) &&
        textAt(invocation.inputs, 'functionName') ===
          graph.need('lambda/function:Function', 'MigrateFunction').outputs['name']
      return [
        ...(isKeyed ? [] : ['migrations do not run when the SQL changes']),
        ...(waiting.length === names.length ? [] : ['something that needs the migrations has another name now']),
        ...unless(
          waiting,
          (resource) => graph.isAfter(resource, invocation),
          ({ name }) => `${name} may meet what the old schema goes with`,
        ),
      ]
    },
  },
]
