// What the clouds would answer when a resource is made or looked up. Deterministic, so that recordings can be compared.
import { createHash, generateKeyPairSync } from 'node:crypto'
import { isObject, type Plain, type PlainObject } from './wire.ts'

export const account = '111122223333'
export const region = 'us-east-1'
export const workersSubdomain = 'offline'

type Subject = {
  readonly urn: string
  readonly type: string
  readonly name: string
  readonly inputs: PlainObject
}
type Answer = { readonly id: string; readonly outputs: PlainObject }

const digest = (text: string, length = 8): string => createHash('sha256').update(text).digest('hex').slice(0, length)
const arn = (service: string, rest: string, where = region): string => `arn:aws:${service}:${where}:${account}:${rest}`
const text = (value: Plain): string => (typeof value === 'string' ? value : '')

export function answerResource(subject: Subject): Answer {
  const answer = answers[subject.type]
  const name = text(subject.inputs['name']) || `${subject.name}-${digest(subject.urn, 7)}`
  if (answer) return answer({ ...subject, physicalName: name })
  const [, service, kind] = /^aws:(\w+)\/(\w+):/.exec(subject.type) ?? []
  const id = `${subject.name.slice(0, 60)}-${digest(subject.urn)}`
  return { id, outputs: service === undefined ? {} : { arn: arn(service, `${kind}/${name}`) } }
}

type NamedSubject = Subject & { readonly physicalName: string }

const answers: Readonly<Record<string, (subject: NamedSubject) => Answer>> = {
  'aws:s3/bucket:Bucket': ({ inputs, physicalName }) => {
    const bucket = (text(inputs['bucket']) || physicalName).toLowerCase()
    const outputs = {
      bucket,
      arn: `arn:aws:s3:::${bucket}`,
      bucketRegionalDomainName: `${bucket}.s3.${region}.amazonaws.com`,
    }
    return { id: bucket, outputs }
  },
  'aws:sqs/queue:Queue': ({ physicalName }) => {
    const url = `https://sqs.${region}.amazonaws.com/${account}/${physicalName}`
    return { id: url, outputs: { name: physicalName, url, arn: arn('sqs', physicalName) } }
  },
  'aws:sns/topic:Topic': ({ physicalName }) => ({
    id: arn('sns', physicalName),
    outputs: { name: physicalName, arn: arn('sns', physicalName) },
  }),
  'aws:lambda/function:Function': ({ physicalName }) => ({
    id: physicalName,
    outputs: { name: physicalName, arn: arn('lambda', `function:${physicalName}`), lastModified: '2026-01-01' },
  }),
  'aws:lambda/invocation:Invocation': ({ urn }) => ({ id: digest(urn), outputs: { result: '{"migrated":true}' } }),
  'aws:iam/role:Role': ({ physicalName }) => ({
    id: physicalName,
    outputs: { name: physicalName, arn: `arn:aws:iam::${account}:role/${physicalName}` },
  }),
  'aws:iam/user:User': ({ physicalName }) => ({
    id: physicalName,
    outputs: { name: physicalName, arn: `arn:aws:iam::${account}:user/${physicalName}` },
  }),
  'aws:iam/accessKey:AccessKey': ({ urn }) => ({
    id: `OFFLINE${digest(urn, 13).toUpperCase()}`,
    outputs: { secret: `offline-secret-${digest(urn, 24)}` },
  }),
  'aws:cloudwatch/logGroup:LogGroup': ({ physicalName }) => ({
    id: physicalName,
    outputs: { name: physicalName, arn: arn('logs', `log-group:${physicalName}`) },
  }),
  'aws:cloudfront/distribution:Distribution': ({ urn }) => {
    const id = `E${digest(urn, 13).toUpperCase()}`
    return {
      id,
      outputs: { arn: arn('cloudfront', `distribution/${id}`, ''), domainName: `d${digest(urn, 13)}.cloudfront.net` },
    }
  },
  'aws:cloudfront/publicKey:PublicKey': ({ urn }) => ({ id: `K${digest(urn, 13).toUpperCase()}`, outputs: {} }),
  'aws:sesv2/configurationSet:ConfigurationSet': ({ inputs }) => {
    const set = text(inputs['configurationSetName'])
    return { id: set, outputs: { arn: arn('ses', `configuration-set/${set}`) } }
  },
  'aws:sesv2/emailIdentity:EmailIdentity': ({ inputs }) => {
    const identity = text(inputs['emailIdentity'])
    const outputs = {
      arn: arn('ses', `identity/${identity}`),
      dkimSigningAttributes: { tokens: ['one', 'two', 'three'] },
    }
    return { id: identity, outputs }
  },
  'aws:acm/certificate:Certificate': ({ urn, inputs }) => {
    const name = text(inputs['domainName'])
    const record = {
      domainName: name,
      resourceRecordName: `_check.${name}.`,
      resourceRecordType: 'CNAME',
      resourceRecordValue: '_value.acm.',
    }
    return {
      id: digest(urn),
      outputs: { arn: arn('acm', `certificate/${digest(urn)}`), domainValidationOptions: [record] },
    }
  },
  'random:index/randomBytes:RandomBytes': ({ urn }) => ({
    id: digest(urn),
    outputs: { base64: Buffer.alloc(32, 7).toString('base64') },
  }),
  'random:index/randomPassword:RandomPassword': ({ urn, inputs }) => ({
    id: digest(urn),
    outputs: { result: digest(urn, 64).slice(0, Number(inputs['length'])) },
  }),
  'tls:index/privateKey:PrivateKey': ({ urn }) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const privateKeyPemPkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    return {
      id: digest(urn),
      outputs: { privateKeyPemPkcs8, publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString() },
    }
  },
  'neon:index/project:Project': ({ urn }) => {
    const owner = 'owner:offline'
    const address = (host: string) => `postgres://${owner}@${host}.us-east-1.aws.neon.tech/neondb`
    const outputs = { connectionUri: address('ep-offline'), connectionUriPooler: address('ep-offline-pooler') }
    return { id: `project-${digest(urn)}`, outputs }
  },
  'cloudflare:index/worker:Worker': ({ physicalName, urn }) => ({
    id: digest(urn, 32),
    outputs: { name: physicalName },
  }),
  'pulumi-nodejs:dynamic:Resource': ({ urn, name, inputs }) => {
    if (name.endsWith('ZoneLookup'))
      return { id: 'zone', outputs: { zoneId: digest(text(inputs['domain']), 32), zoneName: 'example.com' } }
    return { id: digest(urn), outputs: { isDone: true } }
  },
}

export function answerInvoke(token: string, args: PlainObject): PlainObject {
  switch (token) {
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return { accountId: account, arn: `arn:aws:iam::${account}:root`, id: account }
    case 'aws:index/getRegion:getRegion':
      return { region, name: region, id: region }
    case 'aws:index/getPartition:getPartition':
      return { partition: 'aws', dnsSuffix: 'amazonaws.com', id: 'aws' }
    case 'aws:iam/getPolicyDocument:getPolicyDocument': {
      const json = JSON.stringify({ Version: '2012-10-17', Statement: listOf(args['statements']).map(writeStatement) })
      return { ...args, json, minifiedJson: json, id: digest(json) }
    }
    default:
      throw new Error(`The recorder has no answer to ${token} (infra/test/recorder/cloud-answers.ts).`)
  }
}

const listOf = (value: Plain): Plain[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]
/** AWS writes a list of one as that one. */
const oneOrAll = (values: Plain[]): Plain => (values.length === 1 ? values[0] : values)

function writeStatement(statement: Plain): PlainObject {
  if (!isObject(statement)) throw new Error('a statement that is not an object')
  const { sid, effect, actions, resources, principals, conditions } = statement
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect ?? 'Allow',
    Action: oneOrAll(listOf(actions)),
    ...(listOf(resources).length === 0 ? {} : { Resource: oneOrAll(listOf(resources)) }),
    ...(listOf(principals).length === 0 ? {} : { Principal: writePrincipals(listOf(principals) as PlainObject[]) }),
    ...(listOf(conditions).length === 0 ? {} : { Condition: writeConditions(listOf(conditions) as PlainObject[]) }),
  }
}

function writePrincipals(principals: PlainObject[]): Plain {
  if (principals.some(({ type }) => type === '*')) return '*'
  return Object.fromEntries(principals.map(({ type, identifiers }) => [text(type), oneOrAll(listOf(identifiers))]))
}

function writeConditions(conditions: PlainObject[]): PlainObject {
  const written: Record<string, PlainObject> = {}
  for (const { test, variable, values } of conditions)
    written[text(test)] = { ...written[text(test)], [text(variable)]: oneOrAll(listOf(values)) }
  return written
}
