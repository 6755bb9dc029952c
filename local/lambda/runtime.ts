// Runs inside an execution environment: loads one handler straight from its TypeScript source and calls it for each
// event, one at a time, as AWS's runtime does. Started by execution-environment.ts with the file and the export's name.
import '../processes/quick-imports.ts'
import { flushCompileCache } from 'node:module'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'
import { describeLambdaError, type HostMessage, type RuntimeMessage } from './runtime-messages.ts'

type Context = {
  awsRequestId: string
  invokedFunctionArn: string
  functionName: string
  functionVersion: string
  memoryLimitInMB: string
  logGroupName: string
  logStreamName: string
  callbackWaitsForEmptyEventLoop: boolean
  getRemainingTimeInMillis(): number
}

type Handler = (event: unknown, context: Context) => unknown

const [, , handlerFile = '', exportName = 'handler'] = process.argv
const { env } = process

function tell(message: RuntimeMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) return resolve()
    process.send(message, undefined, undefined, () => resolve())
  })
}

function makeContext({ requestId, functionArn, deadlineMs }: HostMessage): Context {
  return {
    awsRequestId: requestId,
    invokedFunctionArn: functionArn,
    functionName: env['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
    functionVersion: '$LATEST',
    memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  }
}

async function loadHandler(): Promise<Handler> {
  const module = (await import(pathToFileURL(handlerFile).href)) as Record<string, unknown>
  const handler = module[exportName]
  if (!isHandler(handler)) throw new Error(`${handlerFile} exports no function "${exportName}"`)
  // From Node 24 on AWS starts no function that has a third parameter, used or not.
  if (handler.length > 2)
    throw Object.assign(new Error('handlers with callbacks are not supported'), {
      name: 'Runtime.CallbackHandlerDeprecated',
    })
  return handler
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function'
}

async function invoke(handler: Handler, message: HostMessage): Promise<void> {
  const { requestId, eventJson } = message
  try {
    const result: unknown = await handler(JSON.parse(eventJson), makeContext(message))
    await tell({ type: 'result', requestId, resultJson: JSON.stringify(result ?? null) })
  } catch (error) {
    process.stderr.write(`${format('Invoke Error', error)}\n`)
    await tell({ type: 'error', requestId, error: describeLambdaError(error) })
  }
}

// Our host has gone: whatever was running comes back to its queue.
process.on('disconnect', () => process.exit(0))

try {
  const handler = await loadHandler()
  process.on('message', (message: HostMessage) => void invoke(handler, message))
  await tell({ type: 'ready' })
  // It would write at an ordinary exit, and this process ends by SIGKILL.
  flushCompileCache()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  await tell({ type: 'init-error', error: describeLambdaError(error) })
  process.exit(1)
}
