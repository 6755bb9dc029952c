// Who may do what, to the letter: any right more, any right less and any wider resource is a finding.
import { listAt, listPrincipals, readPolicy, at, textAt, type Graph, type Principal } from '../graph.ts'
import { queueNames, titleOf } from '../../plan.ts'
import { isSame, unless, type Rule } from './rule.ts'

/** What is the canary's own: ids that no real person and no real item has. */
const canary = {
  incoming: 'usr_00000000-0000-7000-8000-00000000ca11/med_00000000-0000-7*',
  items: 'med_00000000-0000-7*',
}

/** Every right of every role and user: `action resource`, with what is ours named by its part. */
const expected: Readonly<Record<string, readonly string[]>> = {
  inspect: [
    ...ownLog('inspect'),
    ...ownQueue('uploads'),
    's3:GetObject incoming/usr_*/med_*',
    's3:ListBucket incoming',
    's3:ListBucket media',
    's3:GetObject media/o/med_*',
    's3:GetObject media/v/med_*',
    's3:PutObject media/o/med_*',
    's3:PutObject media/v/med_*',
    'sqs:SendMessage outcomes',
    'sqs:SendMessage videos',
  ],
  video: [
    ...ownLog('video'),
    ...ownQueue('videos'),
    's3:GetObject incoming/usr_*/med_*',
    's3:ListBucket incoming',
    's3:ListBucket media',
    's3:GetObject media/o/med_*',
    's3:GetObject media/v/med_*',
    's3:PutObject media/o/med_*',
    's3:PutObject media/v/med_*',
    's3:AbortMultipartUpload media/v/med_*/*/play',
    'sqs:SendMessage outcomes',
  ],
  persist: [...ownLog('persist'), ...ownQueue('outcomes')],
  mail: [...ownLog('mail'), ...ownQueue('mail'), 'ses:SendEmail identity/example.com'],
  bounces: [...ownLog('bounces'), ...ownQueue('bounces')],
  canary: [
    ...ownLog('canary'),
    `s3:PutObject incoming/${canary.incoming}`,
    `s3:DeleteObject incoming/${canary.incoming}`,
    's3:ListBucket incoming',
    's3:ListBucket media',
    ...['s3:GetObject', 's3:DeleteObject'].flatMap((action) =>
      ['o', 'v'].map((root) => `${action} media/${root}/${canary.items}`),
    ),
  ],
  migrate: ownLog('migrate'),
  accounts: [
    ...ownLog('accounts'),
    's3:PutObject media/x/usr_*/exp_*',
    's3:DeleteObject media/x/usr_*/exp_*',
    'sqs:SendMessage mail',
  ],
  notify: [...ownLog('notify'), 'sqs:SendMessage notices'],
  notifier: [...ownLog('notifier'), ...ownQueue('notices'), 'ses:SendEmail identity/example.com'],
  observe: [
    ...ownLog('observe'),
    ...queueNames.flatMap((name) => [name, `${name}-dead`].map((queue) => `sqs:GetQueueAttributes ${queue}`)),
    'cloudwatch:GetMetricStatistics *',
  ],
  janitor: [
    ...ownLog('janitor'),
    's3:GetObject incoming/usr_*/med_*',
    's3:DeleteObject incoming/usr_*/med_*',
    's3:AbortMultipartUpload incoming/usr_*/med_*',
    's3:ListBucket incoming',
    'sqs:SendMessage uploads',
  ],
  purge: [
    ...ownLog('purge'),
    's3:ListBucket incoming',
    's3:DeleteObject incoming/usr_*/med_*',
    's3:AbortMultipartUpload incoming/usr_*/med_*',
    's3:ListBucket media',
    's3:DeleteObject media/o/med_*',
    's3:DeleteObject media/v/med_*',
    's3:GetObject media/v/med_*',
    's3:PutObject media/e/evd_*',
    's3:DeleteObject media/e/evd_*',
    'cloudfront:CreateInvalidation delivery',
    'cloudfront:GetInvalidation delivery',
  ],
  audit: [...ownLog('audit'), 's3:ListBucket media', 's3:GetObject media/a/*.json', 's3:PutObject media/a/*.json'],
  reconcile: [...ownLog('reconcile'), 's3:ListBucket incoming', 's3:ListBucket media', 'sqs:SendMessage uploads'],
  worker: [
    's3:PutObject incoming/usr_*/med_*',
    's3:ListMultipartUploadParts incoming/usr_*/med_*',
    's3:AbortMultipartUpload incoming/usr_*/med_*',
    's3:ListBucket incoming',
    'sqs:SendMessage mail',
  ],
}

function ownLog(name: string): string[] {
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => `${action} log ${name}:log-stream:*`)
}

function ownQueue(name: string): string[] {
  const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ChangeMessageVisibility']
  return actions.map((action) => `sqs:${action} ${name}`)
}

/** Shortens an ARN to what makes it ours; one of somebody else stays as it is. */
function shorten(stage: string, distributionArn: string, arn: string): string {
  return arn
    .replace(new RegExp(`^arn:aws:s3:::shoebox-${stage}-(incoming|media)-[0-9a-f]{7}(?=/|$)`), '$1')
    .replace(new RegExp(`^arn:aws:sqs:us-east-1:111122223333:shoebox-${stage}-`), '')
    .replace(new RegExp(`^arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/shoebox-${stage}-`), 'log ')
    .replace(/^arn:aws:ses:us-east-1:111122223333:/, '')
    .replace(distributionArn, 'delivery')
}

/** Who may send mail. */
const isSender = (name: string): boolean => name === 'mail' || name === 'notifier'

const nameOf = (graph: Graph, { resource }: Principal): string =>
  textAt(resource.outputs, 'name').replace(`shoebox-${graph.stage}-`, '')

const rightsOf = (graph: Graph, { statements }: Principal): string[] => {
  const [distribution] = graph.all('cloudfront/distribution:Distribution')
  const delivery = textAt(distribution?.outputs, 'arn')
  return statements.flatMap(({ effect, actions, resources }) =>
    actions.flatMap((action) =>
      resources.map(
        (resource) => `${effect === 'Allow' ? '' : `${effect} `}${action} ${shorten(graph.stage, delivery, resource)}`,
      ),
    ),
  )
}

/** CloudWatch knows no resource for reading a metric. */
const isNarrowable = ({ effect, actions, resources }: Principal['statements'][number]): boolean =>
  !isSame([effect, actions, resources], ['Allow', ['cloudwatch:GetMetricStatistics'], ['*']])

export const rightsRules: readonly Rule[] = [
  {
    name: 'everyone may do what their code does, and nothing else',
    find: (graph) => {
      const principals = listPrincipals(graph)
      const names = principals.map((principal) => nameOf(graph, principal)).sort()
      const wanted = (name: string): readonly string[] => [
        ...(expected[name] ?? []),
        ...(isSender(name) && graph.isProduction ? ['ses:SendEmail configuration-set/shoebox-production'] : []),
      ]
      return [
        ...(isSame(names, Object.keys(expected).sort()) ? [] : [`roles and users: ${names.join(', ')}`]),
        ...unless(
          principals,
          (principal) => isSame(rightsOf(graph, principal).sort(), [...wanted(nameOf(graph, principal))].sort()),
          (principal) => `${nameOf(graph, principal)} may: ${rightsOf(graph, principal).join('; ')}`,
        ),
      ]
    },
  },
  {
    name: 'no right has a wildcard action or resource',
    find: (graph) =>
      listPrincipals(graph).flatMap((principal) =>
        principal.statements.filter(isNarrowable).flatMap(({ actions, resources }) => [
          ...unless(
            actions,
            (action) => /^[a-z0-9]+:[A-Za-z]+$/.test(action),
            (action) => `${principal.resource.name} may ${action}`,
          ),
          // Account, service and the thing itself are always named.
          ...unless(
            resources,
            (resource) => /^arn:aws:[a-z0-9]+:[a-z0-9-]*:[0-9]*:[^*]{8,}/.test(resource),
            (resource) => `${principal.resource.name} reaches ${resource}`,
          ),
        ]),
      ),
  },
  {
    name: 'rights are written where they are seen: no managed and no attached policies',
    find: (graph) => [
      ...unless(
        graph.all('iam/role:Role'),
        ({ inputs }) => listAt(inputs, 'managedPolicyArns').length === 0,
        ({ name }) => `${name} has a managed policy`,
      ),
      ...[
        'iam/rolePolicy:RolePolicy',
        'iam/rolePolicyAttachment:RolePolicyAttachment',
        'iam/policyAttachment:PolicyAttachment',
        'iam/userPolicyAttachment:UserPolicyAttachment',
        'iam/policy:Policy',
        'iam/group:Group',
      ]
        .flatMap((type) => graph.all(type))
        .map(({ name }) => `${name} adds rights elsewhere`),
    ],
  },
  {
    name: 'a role trusts Lambda and nobody else',
    find: (graph) =>
      unless(
        graph.all('iam/role:Role'),
        ({ inputs }) => {
          const statements = readPolicy(inputs['assumeRolePolicy'] ?? '{}')
          return (
            statements.length === 1 &&
            isSame(statements[0]?.principals, { Service: 'lambda.amazonaws.com' }) &&
            isSame(statements[0]?.actions, ['sts:AssumeRole'])
          )
        },
        ({ name }) => `${name} trusts more than Lambda`,
      ),
  },
  {
    name: 'each Lambda has the role of its own name',
    find: (graph) =>
      unless(
        graph.all('lambda/function:Function'),
        ({ inputs }) => textAt(inputs, 'role').endsWith(`:role/${textAt(inputs, 'name')}`),
        ({ name }) => `${name} acts as somebody else`,
      ),
  },
  {
    name: 'mail is sent in the own name only',
    find: (graph) => {
      const address = 'hello@example.com'
      return unless(
        listPrincipals(graph).filter((principal) => isSender(nameOf(graph, principal))),
        (sender) => {
          const sending = sender.statements.filter(({ actions }) => actions.includes('ses:SendEmail'))
          const lambda = graph.find('lambda/function:Function', `${titleOf(nameOf(graph, sender))}Function`)
          return (
            sending.length > 0 &&
            sending.every(({ conditions }) => isSame(conditions, { StringEquals: { 'ses:FromAddress': address } })) &&
            at(lambda?.inputs, 'environment.variables.MAIL_FROM') === `Shoebox <${address}>`
          )
        },
        (sender) => `${nameOf(graph, sender)} may send in any name`,
      )
    },
  },
]
