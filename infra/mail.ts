// The right to send mail. SES knows an identity once per account and region, so production makes it and everyone else
// uses one that exists. Bounces and complaints suppress the address within SES at once, and are kept on a queue.
import { deadLetterSeconds } from './plan.ts'
import type { Settings } from './settings.ts'

export type MailIdentity = {
  /** What a sender must be allowed to use. */
  readonly arns: $util.Input<string>[]
  /** The bare address. */
  readonly address: string
  /** The address with its name, as readers see it. */
  readonly from: string
}

export function createMail({ isProduction, mailSender }: Settings): MailIdentity {
  const address = mailSender.includes('@') ? mailSender : `hello@${mailSender}`
  const from = `Shoebox <${address}>`
  const arnOf = (resource: string) => {
    const { accountId } = aws.getCallerIdentityOutput({})
    return $interpolate`arn:aws:ses:${aws.getRegionOutput({}).region}:${accountId}:${resource}`
  }
  if (!isProduction) return { arns: [arnOf(`identity/${mailSender}`)], address, from }

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
  keepReturns(topic, arnOf(`configuration-set/${configurationSet}`))
  return { arns: [arnOf(`identity/${mailSender}`), email.nodes.configurationSet.arn], address, from }
}

/** Every bounce and complaint on a queue, for 14 days. What empties it is an entry in plan.ts, once its code exists. */
function keepReturns(topic: aws.sns.Topic, configurationSetArn: $util.Input<string>): void {
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
  const queue = new aws.sqs.Queue('MailReturnsQueue', {
    name: `${$app.name}-${$app.stage}-mail-returns`,
    messageRetentionSeconds: deadLetterSeconds,
    sqsManagedSseEnabled: true,
  })
  new aws.sqs.QueuePolicy('MailReturnsPolicy', {
    queueUrl: queue.url,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          principals: [{ type: 'Service', identifiers: ['sns.amazonaws.com'] }],
          actions: ['sqs:SendMessage'],
          resources: [queue.arn],
          conditions: [{ test: 'ArnEquals', variable: 'aws:SourceArn', values: [topic.arn] }],
        },
      ],
    }).json,
  })
  new aws.sns.TopicSubscription('MailReturnsToQueue', {
    topic: topic.arn,
    protocol: 'sqs',
    endpoint: queue.arn,
    rawMessageDelivery: true,
  })
}
