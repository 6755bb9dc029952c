import { at, listAt, textAt, type Graph } from '../graph.ts'
import { isObject, type Plain } from '../recorder/wire.ts'
import { isSame, unless, type Rule } from './rule.ts'

const version = (graph: Graph) => graph.need('index/workerVersion:WorkerVersion', 'SiteVersion')
const bindings = (graph: Graph) => listAt(version(graph).inputs, 'bindings')
const bound = (graph: Graph, name: string): string =>
  textAt(
    bindings(graph).find((binding) => textAt(binding, 'name') === name),
    'text',
  )

/** apps/edge-api/src/env.ts, with how secret each is. A test holds the two together. */
export const bindingTypes = {
  ASSETS: 'assets',
  AUDIT_HMAC_KEY: 'secret_text',
  AWS_ACCESS_KEY_ID: 'plain_text',
  AWS_REGION: 'plain_text',
  AWS_SECRET_ACCESS_KEY: 'secret_text',
  BURST_LIMIT: 'ratelimit',
  CODE_HMAC_KEY: 'secret_text',
  DATABASE_URL: 'secret_text',
  DELIVERY_KEY_PAIR_ID: 'plain_text',
  DELIVERY_PRIVATE_KEY: 'secret_text',
  INCOMING_BUCKET: 'plain_text',
  LINK_HMAC_KEY: 'secret_text',
  MAIL_QUEUE_URL: 'plain_text',
  MEDIA_ORIGIN: 'plain_text',
  PUSH_PUBLIC_KEY: 'plain_text',
  SITE_ORIGIN: 'plain_text',
} as const

/** Every text inside a value, with its path. */
function* walk(value: Plain, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* walk(item, `${path}[${index}]`)
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) yield* walk(item, path === '' ? key : `${path}.${key}`)
}

export const siteRules: readonly Rule[] = [
  {
    name: 'the Worker has the settings that it reads, and no other',
    find: (graph) => {
      const found = Object.fromEntries(
        bindings(graph).map((binding) => [textAt(binding, 'name'), textAt(binding, 'type')]),
      )
      return isSame(found, bindingTypes) ? [] : [`bindings: ${JSON.stringify(found)}`]
    },
  },
  {
    name: 'the settings of the Worker name what was made',
    find: (graph) => {
      const queue = graph.need('sqs/queue:Queue', 'MailQueue').outputs['url']
      const bucket = graph.need('s3/bucket:Bucket', `shoebox-${graph.stage}-incoming`).outputs['bucket']
      const distribution = graph.need('cloudfront/distribution:Distribution', 'DeliveryDistribution')
      const media = textAt(distribution.inputs, 'aliases.0') || textAt(distribution.outputs, 'domainName')
      const [signing] = graph
        .all('iam/accessKey:AccessKey')
        .filter(({ id }) => id === bound(graph, 'AWS_ACCESS_KEY_ID'))
      const user = graph.all('iam/user:User')[0]?.outputs['name']
      const pushKey = graph.need('index/privateKey:PrivateKey', 'PushKey').outputs
      const notifier = graph.need('lambda/function:Function', 'NotifierFunction').inputs
      const told = (name: string) => textAt(notifier, `environment.variables.${name}`)
      const wrong = [
        bound(graph, 'MAIL_QUEUE_URL') === queue || 'the mail queue',
        bound(graph, 'INCOMING_BUCKET') === bucket || 'the bucket',
        bound(graph, 'MEDIA_ORIGIN') === `https://${media}` || 'the delivery',
        bound(graph, 'SITE_ORIGIN') === graph.outputs['site'] || 'the site',
        bound(graph, 'CODE_HMAC_KEY').length >= 32 || 'the key of codes',
        bound(graph, 'AUDIT_HMAC_KEY').length >= 32 || 'the key of the audit log',
        (bound(graph, 'LINK_HMAC_KEY').length >= 32 && bound(graph, 'LINK_HMAC_KEY') === told('LINK_HMAC_KEY')) ||
          'the key of links',
        (bound(graph, 'PUSH_PUBLIC_KEY') === pushKey['publicKeyPem'] &&
          told('PUSH_PRIVATE_KEY') === pushKey['privateKeyPemPkcs8']) ||
          'the key of pushes',
        (signing !== undefined && bound(graph, 'AWS_SECRET_ACCESS_KEY') === signing.outputs['secret']) ||
          'the access key',
        graph.all('iam/accessKey:AccessKey').every(({ inputs }) => inputs['user'] === user) ||
          'the owner of the access key',
      ]
      return wrong.filter((name) => name !== true).map((name) => `wrong: ${name}`)
    },
  },
  {
    name: 'what is secret stays secret in the state',
    find: (graph) => {
      const hidden = Object.entries(bindingTypes).filter(([, type]) => type === 'secret_text')
      const pushKey = graph.need('index/privateKey:PrivateKey', 'PushKey').outputs
      const values = [...hidden.map(([name]) => bound(graph, name)), textAt(pushKey, 'privateKeyPemPkcs8')].filter(
        (value) => value.length > 8,
      )
      return graph.resources
        .filter(({ type }) => !type.startsWith('pulumi:') && !type.startsWith('sst:'))
        .flatMap(({ name, inputs, secretInputs }) =>
          [...walk(inputs, '')]
            .filter(
              ([path, text]) =>
                values.some((value) => text.includes(value)) && !secretInputs.some((secret) => path.startsWith(secret)),
            )
            .map(([path]) => `${name}.${path} shows a secret`),
        )
    },
  },
  {
    name: 'keys are made once, long enough, and the one that may not change is kept',
    find: (graph) => {
      const passwords = graph.all('index/randomPassword:RandomPassword')
      const audit = graph.need('index/randomPassword:RandomPassword', 'AuditKey')
      const auditor = graph.need('lambda/function:Function', 'AuditFunction').inputs
      const { isProduction } = graph
      return [
        ...(isSame(passwords.map(({ name }) => name).sort(), ['AuditKey', 'CodeKey', 'LinkKey'])
          ? []
          : [`keys: ${passwords.map(({ name }) => name).join(', ')}`]),
        ...unless(
          passwords,
          ({ inputs }) => Number(inputs['length']) >= 32,
          ({ name }) => `${name} can be guessed`,
        ),
        // A key made anew by a deployment voids what was signed; the audit log would look forged.
        ...unless(
          passwords,
          ({ inputs }) => inputs['keepers'] === undefined,
          ({ name }) => `${name} changes by itself`,
        ),
        ...(audit.isProtected === isProduction && audit.isRetained === isProduction
          ? []
          : ['the key of the audit log may be lost']),
        ...(textAt(auditor, 'environment.variables.AUDIT_HMAC_KEY') === bound(graph, 'AUDIT_HMAC_KEY')
          ? []
          : ['the auditor verifies with another key']),
      ]
    },
  },
  {
    name: 'one Worker serves everything on one origin',
    find: (graph) => {
      const worker = graph.need('index/worker:Worker', 'Site')
      const domains = graph.all('index/workersCustomDomain:WorkersCustomDomain')
      const deployment = graph.need('index/workersDeployment:WorkersDeployment', 'SiteDeployment').inputs
      const hosts = [
        ...(at(worker.inputs, 'subdomain.enabled') === true
          ? [`${textAt(worker.inputs, 'name')}.offline.workers.dev`]
          : []),
        ...domains.map(({ inputs }) => textAt(inputs, 'hostname')),
      ]
      return [
        ...(isSame(
          hosts.map((host) => `https://${host}`),
          [graph.outputs['site']],
        )
          ? []
          : [`origins: ${hosts.join(', ')}`]),
        ...(at(worker.inputs, 'subdomain.previewsEnabled') === false
          ? []
          : ['every version has an address of its own']),
        ...(at(version(graph).inputs, 'assets.config.runWorkerFirst') === true
          ? []
          : ['files are served without our headers']),
        ...(at(version(graph).inputs, 'assets.config.notFoundHandling') === 'single-page-application'
          ? []
          : ['deep links are not found']),
        ...(isSame(at(deployment, 'versions'), [{ percentage: 100, versionId: version(graph).id }])
          ? []
          : ['the new code gets no traffic']),
        ...(version(graph).isRetained ? [] : ['there is no version to go back to']),
        ...unless(
          domains,
          ({ inputs }) => inputs['service'] === worker.outputs['name'],
          ({ name }) => `${name} leads elsewhere`,
        ),
      ]
    },
  },
  {
    name: 'bursts are limited to 50 a second',
    find: (graph) => {
      const limiter = bindings(graph).find((binding) => textAt(binding, 'name') === 'BURST_LIMIT')
      return isSame(at(limiter, 'simple'), { limit: 500, period: 10 }) &&
        /^[1-9]\d*$/.test(textAt(limiter, 'namespaceId'))
        ? []
        : ['the limiter counts otherwise']
    },
  },
  {
    name: 'the application gets the pooled address of the database, migrations the direct one',
    find: (graph) => {
      const of = (name: string) =>
        textAt(graph.need('lambda/function:Function', name).inputs, 'environment.variables.DATABASE_URL')
      const isPooled = (address: string) => /@[^/.]+-pooler\./.test(address)
      const isRight =
        isPooled(bound(graph, 'DATABASE_URL')) &&
        isPooled(of('PersistFunction')) &&
        of('MigrateFunction') === of('PersistFunction').replace('-pooler', '')
      return isRight ? [] : ['the addresses of the database are mixed up']
    },
  },
]
