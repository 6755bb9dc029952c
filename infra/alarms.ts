// What wakes a person: everything to one topic. Each alarm's name is its heading in docs/runbook/alarms.md.
import type { Delivery } from './delivery.ts'
import { metricNamespace } from './meters.ts'
import { lambdaNames, planOf, queues as queuePlans, titleOf, type LambdaName } from './plan.ts'
import type { QueuePair } from './queues.ts'
import type { Settings } from './settings.ts'

type AlarmPlan = Pick<
  aws.cloudwatch.MetricAlarmArgs,
  | 'namespace'
  | 'metricName'
  | 'dimensions'
  | 'statistic'
  | 'metricQueries'
  | 'period'
  | 'threshold'
  | 'alarmDescription'
> & {
  readonly evaluationPeriods?: number
  readonly comparisonOperator?: string
  readonly treatMissingData?: string
}

export function createAlarms(settings: Settings, pairs: readonly QueuePair[], delivery: Delivery): aws.sns.Topic {
  const topic = new aws.sns.Topic('Alarms', { name: `${$app.name}-${$app.stage}-alarms` })
  if (settings.alarmAddress !== null)
    new aws.sns.TopicSubscription('AlarmMail', { topic: topic.arn, protocol: 'email', endpoint: settings.alarmAddress })
  const alarm = createAlarm.bind(null, topic)
  for (const pair of pairs) watchQueue(alarm, pair)
  for (const name of lambdaNames) watchLambda(alarm, name)
  watchCanary(alarm)
  watchTruth(alarm)
  watchDelivery(alarm, delivery)
  if (settings.isProduction) {
    watchMail(alarm)
    watchSite(alarm, settings)
  }
  watchSpending(settings)
  return topic
}

type Alarm = (name: string, plan: AlarmPlan) => void

function createAlarm(topic: aws.sns.Topic, name: string, plan: AlarmPlan): void {
  new aws.cloudwatch.MetricAlarm(name, {
    name: `${$app.name}-${$app.stage}-${name}`,
    evaluationPeriods: 1,
    comparisonOperator: 'GreaterThanThreshold',
    // No data is no work, not no health.
    treatMissingData: 'notBreaching',
    alarmActions: [topic.arn],
    okActions: [topic.arn],
    ...plan,
  })
}

function watchQueue(alarm: Alarm, { name, queue, dead }: QueuePair): void {
  const of = (target: aws.sqs.Queue, metricName: string) =>
    ({
      namespace: 'AWS/SQS',
      metricName,
      dimensions: { QueueName: target.name },
      statistic: 'Maximum',
      period: 60,
    }) as const
  alarm(`${titleOf(name)}DeadLetters`, {
    ...of(dead, 'ApproximateNumberOfMessagesVisible'),
    threshold: 0,
    alarmDescription: `A message of "${name}" failed every time.`,
  })
  alarm(`${titleOf(name)}Waiting`, {
    ...of(queue, 'ApproximateAgeOfOldestMessage'),
    threshold: queuePlans[name].oldestMessageSecondsMax,
    evaluationPeriods: 3,
    alarmDescription: `The oldest message of "${name}" waits too long.`,
  })
}

/** A batch that fails in part is no error to Lambda: what the code itself reports is counted too. */
function watchLambda(alarm: Alarm, name: LambdaName): void {
  const title = titleOf(name)
  alarm(`${title}Errors`, {
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: { FunctionName: `${$app.name}-${$app.stage}-${name}` },
    statistic: 'Sum',
    period: 300,
    threshold: planOf(name).consumes === undefined ? 0 : 2,
    alarmDescription: `"${name}" ended by itself: out of memory, over time, or not started.`,
  })
  const queue = planOf(name).consumes?.queue
  if (queue === undefined) return
  const failed = metricOf('failed', metricNamespace(), `${title}Failed`, {})
  const received = metricOf('received', 'AWS/SQS', 'NumberOfMessagesReceived', {
    QueueName: `${$app.name}-${$app.stage}-${queue}`,
  })
  alarm(`${title}FailureRate`, {
    metricQueries: [
      failed,
      received,
      // One in ten, and not for a single one in a quiet hour.
      { id: 'rate', expression: 'IF(failed >= 5, 100 * failed / received, 0)', label: 'failed %', returnData: true },
    ],
    threshold: 10,
    alarmDescription: `"${name}" fails one message in ten.`,
  })
}

const metricOf = (id: string, namespace: string, metricName: string, dimensions: Record<string, string>) => ({
  id,
  returnData: false,
  metric: { namespace, metricName, dimensions, stat: 'Sum', period: 300 },
})

/** A canary that fails is an error of its Lambda; one that no longer comes is told by its silence. */
function watchCanary(alarm: Alarm): void {
  alarm('CanarySilent', {
    namespace: metricNamespace(),
    metricName: 'CanariesPassed',
    statistic: 'Sum',
    period: 3600,
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    // Here no data is the very thing to tell.
    treatMissingData: 'breaching',
    alarmDescription: 'No canary came through the pipeline for an hour.',
  })
}

/** Rows and objects that do not agree, and deletions that do not end. */
function watchTruth(alarm: Alarm): void {
  const counted = (metricName: string) => ({ namespace: metricNamespace(), metricName, statistic: 'Sum' }) as const
  alarm('Drift', {
    ...counted('Unreconciled'),
    // One comparison: the next one may say that it is over, and until then it is not.
    period: 300,
    treatMissingData: 'ignore',
    threshold: 0,
    alarmDescription: 'Rows, objects or ledgers do not agree.',
  })
  alarm('AuditBroken', {
    ...counted('AuditFindings'),
    period: 3600,
    threshold: 0,
    alarmDescription: 'The audit log is not what was written.',
  })
  alarm('DeletionsFailing', {
    ...counted('DeletionsFailed'),
    period: 300,
    // One comes again by itself; a quarter of an hour of them is more than a bad minute of S3.
    threshold: 0,
    evaluationPeriods: 3,
    alarmDescription: 'Objects that must go are still there.',
  })
}

function watchDelivery(alarm: Alarm, { distribution }: Delivery): void {
  alarm('DeliveryErrors', {
    namespace: 'AWS/CloudFront',
    metricName: '5xxErrorRate',
    dimensions: { DistributionId: distribution.id, Region: 'Global' },
    statistic: 'Average',
    period: 300,
    threshold: 5,
    evaluationPeriods: 2,
    alarmDescription: 'CloudFront cannot read the media bucket.',
  })
}

/** SES pauses an account at 10 % bounces and at 0.5 % complaints. */
function watchMail(alarm: Alarm): void {
  const reputation = (metricName: string) =>
    ({ namespace: 'AWS/SES', metricName, statistic: 'Average', period: 3600 }) as const
  alarm('MailBounces', { ...reputation('Reputation.BounceRate'), threshold: 0.05, alarmDescription: 'Mail bounces.' })
  alarm('MailComplaints', {
    ...reputation('Reputation.ComplaintRate'),
    threshold: 0.001,
    alarmDescription: 'Readers report mail as unwanted.',
  })
}

/** The canary goes past the Worker; this one comes from outside, the way that visitors do. Wakes no database. */
function watchSite(alarm: Alarm, { siteOrigin }: Settings): void {
  const check = new aws.route53.HealthCheck('SiteCheck', {
    type: 'HTTPS',
    fqdn: new URL(siteOrigin).hostname,
    port: 443,
    resourcePath: '/api/health',
    requestInterval: 30,
    failureThreshold: 3,
    // The fewest that Amazon allows: each asks every 30 s from several places.
    regions: ['us-east-1', 'us-west-1', 'eu-west-1'],
  })
  alarm('SiteDown', {
    namespace: 'AWS/Route53',
    metricName: 'HealthCheckStatus',
    dimensions: { HealthCheckId: check.id },
    statistic: 'Minimum',
    period: 60,
    comparisonOperator: 'LessThanThreshold',
    threshold: 1,
    evaluationPeriods: 3,
    treatMissingData: 'breaching',
    alarmDescription: 'The site does not answer.',
  })
}

function watchSpending({ budgetUsd, alarmAddress }: Settings): void {
  if (budgetUsd === null || alarmAddress === null) return
  const tell = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    comparisonOperator: 'GREATER_THAN',
    notificationType,
    threshold,
    thresholdType: 'PERCENTAGE',
    subscriberEmailAddresses: [alarmAddress],
  })
  new aws.budgets.Budget('Spending', {
    name: `${$app.name}-${$app.stage}`,
    budgetType: 'COST',
    timeUnit: 'MONTHLY',
    limitAmount: String(budgetUsd),
    limitUnit: 'USD',
    notifications: [tell('ACTUAL', 80), tell('FORECASTED', 100)],
  })
}
