import { add, rewrite, set, type Mistake } from '../plant.ts'

export const rightsMistakes: readonly Mistake[] = [
  [
    'a wildcard action',
    rewrite('InspectRole', 'policy', 's3:PutObject', 's3:*'),
    'no right has a wildcard action or resource',
  ],
  [
    'a wildcard resource',
    rewrite('WorkerRights', 'policy', '"arn:aws:sqs:us-east-1:111122223333:shoebox-production-mail"', '"*"'),
    'no right has a wildcard action or resource',
  ],
  [
    'every bucket',
    rewrite('WorkerRights', 'policy', 'arn:aws:s3:::shoebox-production-incoming', 'arn:aws:s3:::*'),
    'no right has a wildcard action or resource',
  ],
  [
    'a Worker that reads',
    rewrite('WorkerRights', 'policy', '"s3:PutObject"', '["s3:PutObject","s3:GetObject"]'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'an inspector that deletes media',
    rewrite('InspectRole', 'policy', '"s3:PutObject"', '["s3:PutObject","s3:DeleteObject"]'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'an inspector that cannot tell',
    rewrite('InspectRole', 'policy', 's3:ListBucket', 's3:GetBucketLocation'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'a canary that may delete what is not its own',
    rewrite('CanaryRole', 'policy', '/o/med_00000000-0000-7*', '/o/med_*'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'a purge of any distribution',
    rewrite('PurgeRole', 'policy', 'distribution/', 'distribution/*'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'a reconciliation that deletes by itself',
    rewrite('ReconcileRole', 'policy', '"sqs:SendMessage"', '["sqs:SendMessage","s3:DeleteObject"]'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'an auditor that reads what people have',
    rewrite('AuditRole', 'policy', '/a/*.json', '/o/med_*'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'a janitor that purges',
    rewrite('JanitorRole', 'policy', 'shoebox-production-incoming', 'shoebox-production-media'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'an observer that takes messages',
    rewrite('ObserveRole', 'policy', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'an observer that writes metrics',
    rewrite('ObserveRole', 'policy', 'cloudwatch:GetMetricStatistics', 'cloudwatch:PutMetricData'),
    'no right has a wildcard action or resource',
  ],
  ['a second user', add('aws:iam/user:User', 'Ops', {}), 'everyone may do what their code does, and nothing else'],
  [
    "Amazon's own policy",
    set('MailRole', 'managedPolicyArns', ['arn:aws:iam::aws:policy/AmazonSESFullAccess']),
    'rights are written where they are seen: no managed and no attached policies',
  ],
  [
    'an attached policy',
    add('aws:iam/rolePolicyAttachment:RolePolicyAttachment', 'Extra', {}),
    'rights are written where they are seen: no managed and no attached policies',
  ],
  [
    'a role that the account may take',
    set('InspectRole', 'assumeRolePolicy.Statement.0.Principal', { AWS: 'arn:aws:iam::111122223333:root' }),
    'a role trusts Lambda and nobody else',
  ],
  [
    'one role for two',
    set('MailFunction', 'role', 'arn:aws:iam::111122223333:role/shoebox-production-inspect'),
    'each Lambda has the role of its own name',
  ],
  [
    'an announcer that mails',
    rewrite('NotifyRole', 'policy', 'sqs:SendMessage', 'ses:SendEmail'),
    'everyone may do what their code does, and nothing else',
  ],
  [
    'digests in any name',
    rewrite('NotifierRole', 'policy', 'ses:FromAddress', 'ses:Recipients'),
    'mail is sent in the own name only',
  ],
  [
    'mail in any name',
    rewrite('MailRole', 'policy', 'ses:FromAddress', 'ses:Recipients'),
    'mail is sent in the own name only',
  ],
]
