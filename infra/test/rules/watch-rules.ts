import { meters } from '../../meter-plan.ts'
import { lambdaNames, planOf, queueNames, queues as plans, titleOf, type LambdaName } from '../../plan.ts'
import { at, listAt, readPolicy, textAt, type Graph } from '../graph.ts'
import type { Resource } from '../recorder/recorded.ts'
import { isSame, unless, type Rule } from './rule.ts'

const alarms = (graph: Graph) => graph.all('cloudwatch/metricAlarm:MetricAlarm')

type Watch = {
  readonly namespace: 'AWS/SQS' | 'AWS/Lambda'
  readonly metric: string
  /** How a minute's values become one. */
  readonly statistic: 'Maximum' | 'Sum'
  readonly dimension: string
  readonly of: unknown
  readonly above: number
}

/** Of these, no data is the very thing to tell. */
const tellsSilence: readonly string[] = ['CanarySilent', 'SiteDown']

/** What does not agree is told until a comparison says that it does. */
const whileSilent = (name: string): string => (name === 'Drift' ? 'ignore' : 'notBreaching')

/** Longer than this nobody should wait for a word of it. */
const ringsWithinSeconds = 5 * 60

const watches = (graph: Graph, { namespace, metric, statistic, dimension, of, above }: Watch): boolean =>
  alarms(graph).some(
    ({ inputs }) =>
      inputs['namespace'] === namespace &&
      inputs['metricName'] === metric &&
      inputs['statistic'] === statistic &&
      isSame(inputs['dimensions'], { [dimension]: of }) &&
      inputs['threshold'] === above &&
      Number(inputs['period']) * Number(inputs['evaluationPeriods']) <= ringsWithinSeconds &&
      inputs['datapointsToAlarm'] === undefined,
  )

/** One message in ten, of the Lambda's own count and the queue's. */
function watchesRate(graph: Graph, name: LambdaName): boolean {
  const queue = planOf(name).consumes?.queue
  if (queue === undefined) return true
  const inputs = graph.find('cloudwatch/metricAlarm:MetricAlarm', `${titleOf(name)}FailureRate`)?.inputs
  const [failed, received, rate] = listAt(inputs, 'metricQueries')
  return (
    at(inputs, 'threshold') === 10 &&
    at(inputs, 'evaluationPeriods') === 1 &&
    textAt(failed, 'metric.metricName') === `${titleOf(name)}Failed` &&
    textAt(failed, 'metric.namespace') === `shoebox/${graph.stage}` &&
    textAt(received, 'metric.metricName') === 'NumberOfMessagesReceived' &&
    textAt(received, 'metric.dimensions.QueueName') === `shoebox-${graph.stage}-${queue}` &&
    [failed, received].every((query) => at(query, 'metric.period') === 300 && at(query, 'metric.stat') === 'Sum') &&
    textAt(rate, 'expression') === 'IF(failed >= 5, 100 * failed / received, 0)' &&
    at(rate, 'returnData') === true
  )
}

export const watchRules: readonly Rule[] = [
  {
    name: 'every dead letter and every queue that stands still is told',
    find: (graph) =>
      queueNames.flatMap((name) => {
        const physical = (suffix: string) => graph.need('sqs/queue:Queue', `${titleOf(name)}${suffix}`).outputs['name']
        return [
          ...(watches(graph, {
            namespace: 'AWS/SQS',
            statistic: 'Maximum',
            metric: 'ApproximateNumberOfMessagesVisible',
            dimension: 'QueueName',
            of: physical('Dead'),
            above: 0,
          })
            ? []
            : [`dead letters of ${name}`]),
          ...(watches(graph, {
            namespace: 'AWS/SQS',
            statistic: 'Maximum',
            metric: 'ApproximateAgeOfOldestMessage',
            dimension: 'QueueName',
            of: physical('Queue'),
            above: plans[name].oldestMessageSecondsMax,
          })
            ? []
            : [`the age of ${name}`]),
        ]
      }),
  },
  {
    name: 'every Lambda that ends by itself, or fails often, is told',
    find: (graph) =>
      lambdaNames.flatMap((name) => {
        const consumes = planOf(name).consumes
        return [
          ...(watches(graph, {
            namespace: 'AWS/Lambda',
            statistic: 'Sum',
            metric: 'Errors',
            dimension: 'FunctionName',
            of: `shoebox-${graph.stage}-${name}`,
            above: consumes === undefined ? 0 : 2,
          })
            ? []
            : [`errors of ${name}`]),
          ...(watchesRate(graph, name) ? [] : [`failures of ${name}`]),
        ]
      }),
  },
  {
    name: 'the delivery is watched, and in production the mail',
    find: (graph) => [
      ...(alarms(graph).some(({ inputs }) => inputs['metricName'] === '5xxErrorRate') ? [] : ['the delivery']),
      ...(graph.isProduction ? ['Reputation.BounceRate', 'Reputation.ComplaintRate'] : []).filter(
        (metric) => !alarms(graph).some(({ inputs }) => inputs['metricName'] === metric),
      ),
    ],
  },
  {
    name: 'every alarm reaches the one topic, and the topic a person',
    find: (graph) => {
      const topic = graph.find('sns/topic:Topic', 'Alarms')
      const readers = graph
        .all('sns/topicSubscription:TopicSubscription')
        .filter(({ inputs }) => inputs['topic'] === topic?.outputs['arn'])
      const isQuiet = ({ name, inputs }: Resource) =>
        !isSame(inputs['alarmActions'], [topic?.outputs['arn']]) ||
        !isSame(inputs['okActions'], [topic?.outputs['arn']]) ||
        inputs['actionsEnabled'] === false ||
        (!tellsSilence.includes(name) &&
          (inputs['comparisonOperator'] !== 'GreaterThanThreshold' || inputs['treatMissingData'] !== whileSilent(name)))
      return [
        ...alarms(graph)
          .filter(isQuiet)
          .map(({ name }) => `${name} is heard by nobody`),
        ...(!graph.isProduction ||
        isSame(
          readers.map(({ inputs }) => inputs['endpoint']),
          ['alarms@example.com'],
        )
          ? []
          : ['nobody reads the alarms']),
      ]
    },
  },
  {
    name: 'a canary that fails or falls silent is told',
    find: (graph) => {
      const alarm = graph.find('cloudwatch/metricAlarm:MetricAlarm', 'CanarySilent')
      const isRight =
        alarm?.inputs['metricName'] === 'CanariesPassed' &&
        alarm.inputs['namespace'] === `shoebox/${graph.stage}` &&
        alarm.inputs['comparisonOperator'] === 'LessThanThreshold' &&
        alarm.inputs['threshold'] === 1 &&
        alarm.inputs['treatMissingData'] === 'breaching' &&
        Number(alarm.inputs['period']) >= 2 * 60 * (planOf('canary').everyMinutes ?? Infinity)
      return isRight ? [] : ['nobody would notice that the pipeline has not been tried']
    },
  },
  {
    name: 'in production somebody asks for the site from outside, and tells when it is silent',
    find: (graph) => {
      if (!graph.isProduction) return []
      const [check, ...more] = graph.all('route53/healthCheck:HealthCheck')
      const alarm = graph.find('cloudwatch/metricAlarm:MetricAlarm', 'SiteDown')?.inputs
      const isRight =
        more.length === 0 &&
        check?.inputs['type'] === 'HTTPS' &&
        `https://${textAt(check.inputs, 'fqdn')}` === graph.outputs['site'] &&
        check.inputs['resourcePath'] === '/api/health' &&
        check.inputs['disabled'] !== true &&
        check.inputs['invertHealthcheck'] !== true &&
        at(alarm, 'namespace') === 'AWS/Route53' &&
        at(alarm, 'metricName') === 'HealthCheckStatus' &&
        at(alarm, 'dimensions.HealthCheckId') === check.id &&
        at(alarm, 'statistic') === 'Minimum' &&
        at(alarm, 'comparisonOperator') === 'LessThanThreshold' &&
        at(alarm, 'threshold') === 1 &&
        at(alarm, 'treatMissingData') === 'breaching' &&
        Number(at(alarm, 'period')) * Number(at(alarm, 'evaluationPeriods')) <= ringsWithinSeconds
      return isRight ? [] : ['nobody would notice that the site is gone']
    },
  },
  {
    name: 'rows and objects that do not agree are told, an audit log that was changed, and deletions that do not end',
    find: (graph) =>
      Object.entries({
        Drift: 'Unreconciled',
        AuditBroken: 'AuditFindings',
        DeletionsFailing: 'DeletionsFailed',
      }).flatMap(([name, metric]) => {
        const inputs = graph.find('cloudwatch/metricAlarm:MetricAlarm', name)?.inputs
        const isRight =
          inputs?.['metricName'] === metric &&
          inputs['namespace'] === `shoebox/${graph.stage}` &&
          inputs['threshold'] === 0
        return isRight ? [] : [`${metric} is heard by nobody`]
      }),
  },
  {
    name: 'every step of the pipeline is counted, and shown',
    find: (graph) => {
      const filters = graph.all('cloudwatch/logMetricFilter:LogMetricFilter')
      const dashboard = textAt(graph.all('cloudwatch/dashboard:Dashboard')[0]?.inputs, 'dashboardBody')
      return Object.entries(meters).flatMap(([name, { log, event, field }]) => {
        const filter = filters.find((resource) => resource.inputs['name'] === name)
        const isRight =
          textAt(filter?.inputs, 'logGroupName') === `/aws/lambda/shoebox-${graph.stage}-${log}` &&
          textAt(filter?.inputs, 'pattern') === `{ $.event = "${event}" }` &&
          textAt(filter?.inputs, 'metricTransformation.value') === (field === undefined ? '1' : `$.${field}`) &&
          textAt(filter?.inputs, 'metricTransformation.namespace') === `shoebox/${graph.stage}` &&
          dashboard.includes(`"${name}"`)
        return isRight ? [] : [`${name} is not counted or not shown`]
      })
    },
  },
  {
    name: 'bounces and complaints suppress the address and are told',
    find: (graph) => {
      const sets = graph.all('sesv2/configurationSet:ConfigurationSet')
      if (!graph.isProduction) return sets.length === 0 ? [] : ['a second stage would own the identity']
      const [set] = sets
      const destination = graph.all('sesv2/configurationSetEventDestination:ConfigurationSetEventDestination')[0]
      const identity = graph.all('sesv2/emailIdentity:EmailIdentity')[0]
      const topic = graph.find('sns/topic:Topic', 'MailReturns')
      const queue = graph.find('sqs/queue:Queue', 'BouncesQueue')
      const sends = readPolicy(
        graph.find('sqs/queuePolicy:QueuePolicy', 'BouncesPolicy')?.inputs['policy'] ?? '{}',
      ).filter(({ effect }) => effect === 'Allow')
      const isRight =
        isSame(at(set?.inputs, 'suppressionOptions.suppressedReasons'), ['BOUNCE', 'COMPLAINT']) &&
        at(set?.inputs, 'deliveryOptions.tlsPolicy') === 'REQUIRE' &&
        identity?.inputs['configurationSetName'] === set?.inputs['configurationSetName'] &&
        isSame(at(destination?.inputs, 'eventDestination.matchingEventTypes'), ['BOUNCE', 'COMPLAINT']) &&
        at(destination?.inputs, 'eventDestination.snsDestination.topicArn') === topic?.outputs['arn'] &&
        sends.length === 1 &&
        isSame(sends[0]?.principals, { Service: 'sns.amazonaws.com' }) &&
        textAt(sends[0]?.conditions, 'ArnEquals.aws:SourceArn') === topic?.outputs['arn'] &&
        graph
          .all('sns/topicSubscription:TopicSubscription')
          .some(
            ({ inputs }) => inputs['topic'] === topic?.outputs['arn'] && inputs['endpoint'] === queue?.outputs['arn'],
          )
      return isRight ? [] : ['bounces and complaints are lost']
    },
  },
  {
    name: 'spending is watched where a limit was given',
    find: (graph) =>
      unless(
        graph.isProduction ? [graph.all('budgets/budget:Budget')] : [],
        (budgets) => budgets.length === 1 && budgets[0]?.inputs['limitAmount'] === '50',
        () => 'no budget',
      ),
  },
]
