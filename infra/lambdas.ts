// The Lambdas of plan.ts: a log, a role that trusts only the service, the function, and its place behind a queue.
import type { Artefacts } from './build/build-artefacts.ts'
import { grants, variables, type Statement, type Surroundings } from './lambda-surroundings.ts'
import { planOf, titleOf, type Consumption, type LambdaName, type LambdaPlan } from './plan.ts'
import type { Queues } from './queues.ts'

export type Lambdas = Readonly<Partial<Record<LambdaName, sst.aws.Function>>>

/** @param after what must be done before this Lambda changes */
export function createLambda(
  name: LambdaName,
  surroundings: Surroundings,
  artefacts: Artefacts,
  after: $util.Resource[] = [],
): sst.aws.Function {
  const plan = planOf(name)
  const title = titleOf(name)
  const physicalName = `${$app.name}-${$app.stage}-${name}`
  const log = new aws.cloudwatch.LogGroup(`${title}Log`, {
    name: `/aws/lambda/${physicalName}`,
    retentionInDays: 30,
  })
  const lambda = new sst.aws.Function(
    title,
    {
      name: physicalName,
      bundle: artefacts.lambdas[name],
      handler: `src/${name}.lambda.handler`,
      runtime: 'nodejs24.x',
      architecture: surroundings.settings.architecture,
      memory: `${plan.memoryMb} MB`,
      timeout: `${plan.timeoutSeconds} seconds`,
      logging: { format: 'json', logGroup: log.name },
      environment: {
        // Errors in the log name lines of the sources.
        NODE_OPTIONS: '--enable-source-maps',
        ...Object.fromEntries(plan.variables.map((variable) => variables[variable](surroundings))),
      },
      permissions: listRights(plan, log, surroundings),
      dev: false,
      transform: { role: (role) => narrowRole(role, physicalName) },
    },
    { dependsOn: after },
  )
  if (plan.consumes !== undefined) putBehindQueue(title, plan.consumes, lambda, surroundings.queues)
  if (plan.everyMinutes !== undefined) putOnSchedule(title, physicalName, plan.everyMinutes, lambda)
  return lambda
}

/** The rule may call this function and has no role of its own. */
function putOnSchedule(title: string, name: string, everyMinutes: number, lambda: sst.aws.Function): void {
  const rule = new aws.cloudwatch.EventRule(`${title}Schedule`, {
    name,
    scheduleExpression: describeRate(everyMinutes),
  })
  new aws.lambda.Permission(`${title}MayBeCalled`, {
    action: 'lambda:InvokeFunction',
    function: lambda.name,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  })
  new aws.cloudwatch.EventTarget(`${title}Target`, { rule: rule.name, arn: lambda.arn })
}

/** Amazon refuses "1 minutes". */
const describeRate = (minutes: number): string => `rate(${minutes} minute${minutes === 1 ? '' : 's'})`

function listRights(plan: LambdaPlan, log: aws.cloudwatch.LogGroup, surroundings: Surroundings): Statement[] {
  const writeLog = {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    // The log's own streams, which the service names.
    resources: [$interpolate`${log.arn}:log-stream:*`],
  }
  const receive = plan.consumes && {
    actions: [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      // What failed comes again sooner than its queue would hand it out.
      'sqs:GetQueueUrl',
      'sqs:ChangeMessageVisibility',
    ],
    resources: [surroundings.queues[plan.consumes.queue].arn],
  }
  return [writeLog, ...(receive ? [receive] : []), ...plan.may.map((grant) => grants[grant](surroundings))]
}

/**
 * SST's role trusts the whole account, for its live development, and carries Amazon's policy that may write every log.
 */
function narrowRole(role: aws.iam.RoleArgs, name: string): undefined {
  role.name = name
  role.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: 'lambda.amazonaws.com' })
  role.managedPolicyArns = []
}

function putBehindQueue(
  title: string,
  { queue, batch, windowSeconds, concurrencyMax }: Consumption,
  lambda: sst.aws.Function,
  queues: Queues,
): void {
  new aws.lambda.EventSourceMapping(`${title}Source`, {
    eventSourceArn: queues[queue].arn,
    // Its new code, so what the Lambda waited for has happened before messages come.
    functionName: lambda.arn,
    batchSize: batch,
    maximumBatchingWindowInSeconds: windowSeconds,
    functionResponseTypes: ['ReportBatchItemFailures'],
    // Not reserved concurrency: a new account has too little to reserve from.
    scalingConfig: { maximumConcurrency: concurrencyMax },
  })
}
