import { meters } from '../../meter-plan.ts'
import { lambdaNames, planOf, queueNames, queues as plans, titleOf } from '../../plan.ts'
import { at, listAt, readPolicy, textAt, texts, type Graph } from '../graph.ts'
import type { Resource } from '../recorder/recorded.ts'
import { isSame, unless, type Rule } from './rule.ts'

const alarms = (graph: Graph) => graph.all('cloudwatch/metricAlarm:MetricAlarm')

type Watch = {
  readonly metric: string
  readonly dimension: string
  readonly of: unknown
  readonly above: number
}

const watches = (graph: Graph, { metric, dimension, of, above }: Watch): boolean =>
  alarms(graph).some(
    ({ inputs }) =>
      inputs['metricName'] === metric && at(inputs, `dimensions.${dimension}`) === of && inputs['threshold'] === above,
  )

export const watchRules: readonly Rule[] = [
  {
    name: 'every dead letter and every queue that stands still is told',
    find: (graph) =>
      queueNames.flatMap((name) => {
        const physical = (suffix: string) => graph.need('sqs/queue:Queue', `${titleOf(name)}${suffix}`).outputs['name']
        return [
          ...(watches(graph, {
            metric: 'ApproximateNumberOfMessagesVisible',
            dimension: 'QueueName',
            of: physical('Dead'),
            above: 0,
          })
            ? []
            : [`dead letters of ${name}`]),
          ...(watches(graph, {
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
        const rate = graph.find('cloudwatch/metricAlarm:MetricAlarm', `${titleOf(name)}FailureRate`)
        const queries = listAt(rate?.inputs, 'metricQueries')
        const names = texts(queries.map((query) => at(query, 'metric.metricName') ?? ''))
        return [
          ...(watches(graph, {
            metric: 'Errors',
            dimension: 'FunctionName',
            of: `shoebox-${graph.stage}-${name}`,
            above: consumes === undefined ? 0 : 2,
          })
            ? []
            : [`errors of ${name}`]),
          ...(consumes === undefined || isSame(names, [`${titleOf(name)}Failed`, 'NumberOfMessagesReceived', ''])
            ? []
            : [`failures of ${name}`]),
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
        (name !== 'CanarySilent' &&
          (inputs['comparisonOperator'] !== 'GreaterThanThreshold' || inputs['treatMissingData'] !== 'notBreaching'))
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
