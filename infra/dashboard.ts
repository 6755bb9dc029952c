// One page in CloudWatch, in the order in which an upload travels.
import { meters } from './meter-plan.ts'
import { metricNamespace } from './meters.ts'
import { lambdaNames, planOf, queueNames } from './plan.ts'
import type { Delivery } from './delivery.ts'

type Series = readonly (string | { readonly stat?: string; readonly label?: string })[]

export function createDashboard({ distribution }: Delivery): void {
  const physical = (name: string) => `${$app.name}-${$app.stage}-${name}`
  const body = $util.all([distribution.id, aws.getRegionOutput({}).region]).apply(([distributionId, region]) => {
    const rows: readonly (readonly [title: string, series: readonly Series[]])[] = [
      ['What became of uploads', Object.keys(meters).map((name) => [metricNamespace(), name, { stat: 'Sum' }])],
      [
        'Oldest message, s',
        queueNames.map((name) => [
          'AWS/SQS',
          'ApproximateAgeOfOldestMessage',
          'QueueName',
          physical(name),
          { stat: 'Maximum' },
        ]),
      ],
      [
        'Dead letters',
        queueNames.map((name) => [
          'AWS/SQS',
          'ApproximateNumberOfMessagesVisible',
          'QueueName',
          physical(`${name}-dead`),
          { stat: 'Maximum' },
        ]),
      ],
      ...(['Duration', 'Errors', 'Throttles', 'ConcurrentExecutions'] as const).map(
        (metric) =>
          [
            `Lambdas: ${metric}`,
            lambdaNames
              .filter((name) => planOf(name).consumes !== undefined)
              .map((name) => [
                'AWS/Lambda',
                metric,
                'FunctionName',
                physical(name),
                { stat: metric === 'Errors' ? 'Sum' : 'p95' },
              ]),
          ] as const,
      ),
      [
        'Delivery',
        ['Requests', 'BytesDownloaded', '4xxErrorRate', '5xxErrorRate'].map((metric) => [
          'AWS/CloudFront',
          metric,
          'DistributionId',
          distributionId,
          'Region',
          'Global',
          { stat: metric.endsWith('Rate') ? 'Average' : 'Sum' },
        ]),
      ],
    ]
    const widgets = rows.map(([title, metrics], index) => ({
      type: 'metric',
      x: (index % 2) * 12,
      y: Math.floor(index / 2) * 6,
      width: 12,
      height: 6,
      properties: { title, region, period: 300, view: 'timeSeries', metrics },
    }))
    return JSON.stringify({ widgets })
  })
  new aws.cloudwatch.Dashboard('Pipeline', { dashboardName: `${$app.name}-${$app.stage}`, dashboardBody: body })
}
