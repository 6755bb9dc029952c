// The recorded policies, put to an IAM simulator: what the rules read letter by letter must also mean what it says.
import { runSimulation } from '@cloud-copilot/iam-simulate'
import { expect, test } from 'vitest'
import { titleOf, type LambdaName } from '../plan.ts'
import { listAt, textAt, type Graph } from './graph.ts'
import { readGraph } from './read-recording.ts'
import type { Plain } from './recorder/wire.ts'

const graph = readGraph('production')
const account = '111122223333'
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

const parse = (policy: Plain): unknown => (typeof policy === 'string' ? JSON.parse(policy) : policy)
const arnOf = (type: string, name: string) => textAt(graph.need(type, name).outputs, 'arn')
const incoming = arnOf('s3/bucket:Bucket', 'shoebox-production-incoming')
const media = arnOf('s3/bucket:Bucket', 'shoebox-production-media')
const mine = 'usr_1/med_1'

type Question = {
  readonly who: 'worker' | LambdaName | 'anonymous' | 'cloudfront.amazonaws.com' | 's3.amazonaws.com'
  readonly action: string
  readonly on: string
  readonly with?: Record<string, string>
}

function identityOf(graph: Graph, who: Question['who']) {
  if (who === 'worker') {
    const policy = parse(graph.need('iam/userPolicy:UserPolicy', 'WorkerRights').inputs['policy'])
    return { principal: arnOf('iam/user:User', 'WorkerUser'), policies: [{ name: 'rights', policy }] }
  }
  const role = graph.find('iam/role:Role', `${titleOf(who)}Role`)
  if (role !== undefined) {
    const policies = listAt(role.inputs, 'inlinePolicies').map((inline) => ({
      name: textAt(inline, 'name'),
      policy: parse(textAt(inline, 'policy')),
    }))
    return { principal: textAt(role.outputs, 'arn'), policies }
  }
  return { principal: who, policies: [] }
}

const policyNames: Readonly<Record<string, string>> = { [incoming]: 'IncomingPolicy', [media]: 'MediaPolicy' }

function policyOn(resource: string): unknown {
  const bucket = resource.split('/')[0] ?? ''
  const name = policyNames[bucket]
  if (name !== undefined) return parse(graph.need('s3/bucketPolicy:BucketPolicy', name).inputs['policy'])
  const queue = graph.all('sqs/queue:Queue').find(({ outputs }) => outputs['arn'] === resource)
  const policies = graph.all('sqs/queuePolicy:QueuePolicy')
  return parse(policies.find(({ inputs }) => inputs['queueUrl'] === queue?.outputs['url'])?.inputs['policy'])
}

async function ask({ who, action, on, with: context = {} }: Question): Promise<string> {
  const { principal, policies } = identityOf(graph, who)
  const isOurs = principal.startsWith('arn:')
  const simulation = {
    request: {
      principal,
      action,
      resource: { resource: on, accountId: account },
      contextVariables: { 'aws:SecureTransport': 'true', ...context },
    },
    identityPolicies: policies,
    serviceControlPolicies: isOurs
      ? [{ orgIdentifier: 'r-root', policies: [{ name: 'all', policy: everything }] }]
      : [],
    resourceControlPolicies: [],
    resourcePolicy: policyOn(on),
  }
  const answer = await runSimulation(simulation, {})
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer.errors))
  return answer.overallResult
}

const uploads = arnOf('sqs/queue:Queue', 'UploadsQueue')
const mail = arnOf('sqs/queue:Queue', 'MailQueue')
const notices = arnOf('sqs/queue:Queue', 'NoticesQueue')
const anchor = `${media}/a/2026-01-01.json`
const front = arnOf('cloudfront/distribution:Distribution', 'DeliveryDistribution')
const fromFront = { 'AWS:SourceArn': front }

test.each<readonly [string, Question]>([
  ['the Worker signs uploads', { who: 'worker', action: 's3:PutObject', on: `${incoming}/${mine}` }],
  ['the Worker queues mail', { who: 'worker', action: 'sqs:SendMessage', on: mail }],
  ['the inspector reads uploads', { who: 'inspect', action: 's3:GetObject', on: `${incoming}/${mine}` }],
  ['the inspector stores pictures', { who: 'inspect', action: 's3:PutObject', on: `${media}/v/med_1/g/tile.webp` }],
  [
    'the own distribution reads',
    { who: 'cloudfront.amazonaws.com', action: 's3:GetObject', on: `${media}/v/med_1/g/tile.webp`, with: fromFront },
  ],
  ['the announcer queues notices', { who: 'notify', action: 'sqs:SendMessage', on: notices }],
  ['the notifier takes them', { who: 'notifier', action: 'sqs:ReceiveMessage', on: notices }],
  ['the observer counts messages', { who: 'observe', action: 'sqs:GetQueueAttributes', on: mail }],
  [
    'the auditor writes an anchor',
    { who: 'audit', action: 's3:PutObject', on: anchor, with: { 's3:if-none-match': '*' } },
  ],
  [
    'the own bucket announces',
    {
      who: 's3.amazonaws.com',
      action: 'sqs:SendMessage',
      on: uploads,
      with: { 'aws:SourceArn': incoming, 'aws:SourceAccount': account },
    },
  ],
])('%s', async (_, question) => {
  expect(await ask(question)).toBe('Allowed')
})

test.each<readonly [string, Question]>([
  ['the Worker does not read uploads', { who: 'worker', action: 's3:GetObject', on: `${incoming}/${mine}` }],
  ['the Worker does not write elsewhere', { who: 'worker', action: 's3:PutObject', on: `${incoming}/elsewhere` }],
  ['the Worker does not write media', { who: 'worker', action: 's3:PutObject', on: `${media}/v/med_1/g/tile.webp` }],
  ['the Worker announces nothing', { who: 'worker', action: 'sqs:SendMessage', on: uploads }],
  ['the inspector does not delete uploads', { who: 'inspect', action: 's3:DeleteObject', on: `${incoming}/${mine}` }],
  ['the inspector does not delete media', { who: 'inspect', action: 's3:DeleteObject', on: `${media}/o/med_1/g` }],
  ['the persister touches no file', { who: 'persist', action: 's3:GetObject', on: `${media}/o/med_1/g` }],
  ['the announcer takes no notice back', { who: 'notify', action: 'sqs:ReceiveMessage', on: notices }],
  ['the notifier sends itself nothing', { who: 'notifier', action: 'sqs:SendMessage', on: notices }],
  ['the observer takes no message', { who: 'observe', action: 'sqs:ReceiveMessage', on: mail }],
  ['the auditor writes no anchor over', { who: 'audit', action: 's3:PutObject', on: anchor }],
  ['the auditor removes no anchor', { who: 'audit', action: 's3:DeleteObject', on: anchor }],
  ['the purge removes no anchor', { who: 'purge', action: 's3:DeleteObject', on: anchor }],
  ['the auditor reads no picture', { who: 'audit', action: 's3:GetObject', on: `${media}/v/med_1/g/tile.webp` }],
  [
    'nobody reads media without a name',
    { who: 'anonymous', action: 's3:GetObject', on: `${media}/v/med_1/g/tile.webp` },
  ],
  [
    "somebody else's distribution does not read",
    {
      who: 'cloudfront.amazonaws.com',
      action: 's3:GetObject',
      on: `${media}/v/med_1/g/tile.webp`,
      with: { 'AWS:SourceArn': 'arn:aws:cloudfront::999999999999:distribution/E1' },
    },
  ],
  [
    "somebody else's bucket does not announce",
    {
      who: 's3.amazonaws.com',
      action: 'sqs:SendMessage',
      on: uploads,
      with: { 'aws:SourceArn': 'arn:aws:s3:::elsewhere', 'aws:SourceAccount': '999999999999' },
    },
  ],
  [
    'nothing goes without TLS',
    { who: 'worker', action: 's3:PutObject', on: `${incoming}/${mine}`, with: { 'aws:SecureTransport': 'false' } },
  ],
])('%s', async (_, question) => {
  expect(await ask(question)).toMatch(/Denied$/)
})
