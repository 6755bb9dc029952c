// One warm process of a function. It serves one event at a time; when it dies, times out or fails to start, the
// invocation fails with AWS's own error types and the environment is not used again.
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { accountId, region } from '../cloud-names.ts'
import type { OrphanGuard } from '../processes/orphan-guard.ts'
import { runChild, type RunningChild } from '../processes/run-child.ts'
import type { HostMessage, LambdaError, RuntimeMessage } from './runtime-messages.ts'

export type FunctionSettings = {
  name: string
  /** The source file whose `handler` is called. */
  handlerFile: string
  env: Readonly<Record<string, string>>
  timeoutMs: number
  memoryMb: number
  guard: OrphanGuard
  log: (line: string) => void
}

/** Thrown by an invocation: the function answered with an error, or could not answer. */
export class InvocationError extends Error {
  readonly errorType: string
  readonly trace: readonly string[]

  constructor({ errorType, errorMessage, trace }: LambdaError) {
    super(errorMessage)
    this.name = 'InvocationError'
    this.errorType = errorType
    this.trace = trace
  }
}

export type ExecutionEnvironment = {
  readonly pid: number | undefined
  readonly isUsable: () => boolean
  invoke(event: unknown): Promise<unknown>
  /** Ends the process; a running invocation fails. */
  kill(): Promise<void>
}

type Job = { requestId: string; resolve: (result: unknown) => void; reject: (error: Error) => void }

const runtimeFile = fileURLToPath(new URL('./runtime.ts', import.meta.url))

export function startExecutionEnvironment(settings: FunctionSettings): ExecutionEnvironment {
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => {})
  let job: Job | null = null
  let isUsable = true
  const child = startRuntime(settings)

  function fail(error: LambdaError): void {
    isUsable = false
    const failure = new InvocationError(error)
    ready.reject(failure)
    job?.reject(failure)
    job = null
  }

  child.process.on('message', (message: RuntimeMessage) => {
    if (message.type === 'ready') return ready.resolve()
    if (message.type === 'init-error') return fail(message.error)
    if (message.requestId !== job?.requestId) return
    const { resolve, reject } = job
    job = null
    if (message.type === 'result') resolve(JSON.parse(message.resultJson))
    else reject(new InvocationError(message.error))
  })
  void child.ended.then((how) =>
    fail({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${job?.requestId ?? 'none'} Error: Runtime exited with error: ${how}`,
      trace: [],
    }),
  )

  async function invoke(event: unknown): Promise<unknown> {
    const requestId = randomUUID()
    const done = Promise.withResolvers<unknown>()
    job = { requestId, resolve: done.resolve, reject: done.reject }
    // A function that does not start in time has failed as well.
    const timer = setTimeout(() => {
      const seconds = (settings.timeoutMs / 1000).toFixed(2)
      const errorMessage = `${requestId} Task timed out after ${seconds} seconds`
      fail({ errorType: 'Sandbox.Timedout', errorMessage, trace: [] })
      void child.stop('SIGKILL')
    }, settings.timeoutMs)
    try {
      const send = () => void child.process.send(describeEvent(settings, requestId, event))
      void ready.promise.then(send, () => {})
      return await done.promise
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    pid: child.process.pid,
    isUsable: () => isUsable,
    invoke,
    kill: () => child.stop('SIGKILL'),
  }
}

function startRuntime(settings: FunctionSettings): RunningChild {
  return runChild({
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${settings.memoryMb}`,
      runtimeFile,
      settings.handlerFile,
    ],
    env: makeEnvironment(settings),
    withMessages: true,
    guard: settings.guard,
    onLine: settings.log,
  })
}

function describeEvent(settings: FunctionSettings, requestId: string, event: unknown): HostMessage {
  return {
    type: 'invoke',
    requestId,
    eventJson: JSON.stringify(event),
    deadlineMs: Date.now() + settings.timeoutMs,
    functionArn: arnOf(settings.name),
  }
}

const arnOf = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`

/** What AWS sets, and nothing of our own environment but what a process needs to run at all. */
function makeEnvironment({ name, memoryMb, env }: FunctionSettings): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    // glibc otherwise keeps an arena per thread, and libvips's memory doubles.
    MALLOC_ARENA_MAX: '2',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    ...env,
  }
}
