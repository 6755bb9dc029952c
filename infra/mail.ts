// The right to send mail. SES knows an identity once per account and region, so production makes it and everyone else
// uses one that exists. Bounces and complaints suppress the address within SES at once, and are told on a queue.
import { closeQueue, type Queues } from './queues.ts'
import type { Settings } from './settings.ts'

export type MailIdentity = {
  /** What a sender must be allowed to use. */
  readonly arns: $util.Input<string>[]
  /** The bare address. */
  readonly address: string
  /** The address with its name, as readers see it. */
  readonly from: string
}

export function createMail({ isProduction, mailSender }: Settings, { bounces }: Queues): MailIdentity {
  const address = mailSender.includes('@') ? mailSender : `hello@${mailSender}`
  const from = `Shoebox <${address}>`
  const arnOf = (resource: string) => {
    const { accountId } = aws.getCallerIdentityOutput({})
    return $interpolate`arn:aws:ses:${aws.getRegionOutput({}).region}:${accountId}:${resource}`
  }
  if (!isProduction) {
    closeQueue('BouncesPolicy', bounces, [])
    return { arns: [arnOf(`identity/${mailSender}`)], address, from }
  }

  const configurationSet = `${$app.name}-${$app.stage}`
  const topic = new aws.sns.Topic('MailReturns', { name: `${$app.name}-${$app.stage}-mail-returns` })
  const email = new sst.aws.Email('MailSender', {
    sender: mailSender,
    ...(mailSender.includes('@') ? {} : { dns: sst.cloudflare.dns(), dmarc: 'v=DMARC1; p=quarantine; adkim=s;' }),
    events: [{ name: 'Returns', types: ['bounce', 'complaint'], topic: topic.arn }],
    transform: {
      configurationSet: (args) => {
        args.configurationSetName = configurationSet
        args.suppressionOptions = { suppressedReasons: ['BOUNCE', 'COMPLAINT'] }
        args.reputationOptions = { reputationMetricsEnabled: true }
        args.deliveryOptions = { tlsPolicy: 'REQUIRE' }
      },
    },
  })
  tellReturns(topic, arnOf(`configuration-set/${configurationSet}`), bounces)
  return { arns: [arnOf(`identity/${mailSender}`), email.nodes.configurationSet.arn], address, from }
}

/** Every bounce and complaint to the queue that suppresses the address for good and tells its owner. */
function tellReturns(topic: aws.sns.Topic, configurationSetArn: $util.Input<string>, bounces: aws.sqs.Queue): void {
  new aws.sns.TopicPolicy('MailReturnsTopicPolicy', {
    arn: topic.arn,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          principals: [{ type: 'Service', identifiers: ['ses.amazonaws.com'] }],
          actions: ['sns:Publish'],
          resources: [topic.arn],
          conditions: [{ test: 'ArnEquals', variable: 'aws:SourceArn', values: [configurationSetArn] }],
        },
      ],
    }).json,
  })
  const policy = closeQueue('BouncesPolicy', bounces, [
    {
      sid: 'ReturnsFromOwnTopic',
      principals: [{ type: 'Service', identifiers: ['sns.amazonaws.com'] }],
      actions: ['sqs:SendMessage'],
      resources: [bounces.arn],
      conditions: [{ test: 'ArnEquals', variable: 'aws:SourceArn', values: [topic.arn] }],
    },
  ])
  new aws.sns.TopicSubscription(
    'MailReturnsToQueue',
    { topic: topic.arn, protocol: 'sqs', endpoint: bounces.arn, rawMessageDelivery: true },
    { dependsOn: [policy] },
  )
}
