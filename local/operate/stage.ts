// What the commands operate: the system that runs on this machine, or a deployed stage. Both are spoken to through
// AWS's own clients; they differ in endpoints, credentials and the beginning of names, and in nothing else.
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { credentials, region, type LambdaName } from '../cloud-names.ts'
import { OperatorError } from './operator-error.ts'
import { findRunning } from './running.ts'

export type Stage = {
  /** As people know it. */
  readonly title: string
  readonly isLocal: boolean
  /** What a queue or a function is called there. */
  nameOf(part: string): string
  readonly sqs: SQSClient
  readonly lambda: LambdaClient
  readonly logs: CloudWatchLogsClient
  readonly metrics: CloudWatchClient
  close(): void
}

/** Where the services are; AWS's own addresses when absent. */
export type Endpoints = { readonly sqs: string; readonly control: string }

/** @param name of a deployed stage; null for the system on this machine, which must be running */
export function openStage(name: string | null): Stage {
  if (name !== null) return openDeployed(name)
  const running = findRunning()
  if (running === null) {
    throw new OperatorError(
      'Shoebox is not running here. Start it with `npm start`, or name a deployed stage with `--stage <name>`.',
    )
  }
  return openLocal(running.endpoints)
}

/** The SDK finds credentials, and endpoints other than AWS's, in its own variables. */
export const openDeployed = (name: string): Stage =>
  open({ title: `stage "${name}"`, isLocal: false, nameOf: (part) => `shoebox-${name}-${part}` }, () => ({ region }))

export const openLocal = (endpoints: Endpoints): Stage =>
  open({ title: 'this machine', isLocal: true, nameOf: (part) => part }, (service) => ({
    region,
    credentials,
    endpoint: endpoints[service],
  }))

function open(
  identity: Pick<Stage, 'title' | 'isLocal' | 'nameOf'>,
  settingsOf: (service: keyof Endpoints) => { region: string; credentials?: typeof credentials; endpoint?: string },
): Stage {
  const clients = {
    sqs: new SQSClient(settingsOf('sqs')),
    lambda: new LambdaClient(settingsOf('control')),
    logs: new CloudWatchLogsClient(settingsOf('control')),
    metrics: new CloudWatchClient(settingsOf('control')),
  }
  return {
    ...identity,
    ...clients,
    close() {
      for (const client of Object.values(clients)) client.destroy()
    },
  }
}

/**
 * A setting of a deployed function: where the database is, how the site is called. A stage knows its own configuration,
 * so nobody has to keep a second copy of it.
 */
export async function readSetting(stage: Stage, name: LambdaName, variable: string): Promise<string> {
  const FunctionName = stage.nameOf(name)
  const { Environment } = await stage.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
  const value = Environment?.Variables?.[variable]
  if (value === undefined) throw new OperatorError(`${FunctionName} has no ${variable}: is ${stage.title} deployed?`)
  return value
}
