// Numbers that only the code knows, counted from its logs (plan.ts lists them).
import { meters } from './meter-plan.ts'

export const metricNamespace = (): string => `${$app.name}/${$app.stage}`

export function createMeters(after: readonly $util.Resource[]): void {
  for (const [name, { log, event, field }] of Object.entries(meters))
    new aws.cloudwatch.LogMetricFilter(
      `${name}Meter`,
      {
        name,
        logGroupName: `/aws/lambda/${$app.name}-${$app.stage}-${log}`,
        pattern: `{ $.event = "${event}" }`,
        metricTransformation: {
          name,
          namespace: metricNamespace(),
          value: field === undefined ? '1' : `$.${field}`,
          unit: field === 'bytes' ? 'Bytes' : 'Count',
        },
      },
      { dependsOn: [...after] },
    )
}
