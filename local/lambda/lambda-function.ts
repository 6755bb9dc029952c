// A function: up to `concurrency` warm processes, each reused as long as it lives, and a queue of invocations for when
// all are busy.
import { startExecutionEnvironment, type ExecutionEnvironment, type FunctionSettings } from './execution-environment.ts'

export type LambdaFunction = {
  readonly name: string
  readonly concurrency: number
  /** Returns the handler's result, or throws an InvocationError. */
  invoke(event: unknown): Promise<unknown>
  /** Starts one process ahead of the first event. */
  warm(): void
  /** The processes that are alive, for tests that kill them. */
  pids(): number[]
  /** Lets running invocations finish and uses new processes, with new code, for the next. */
  retire(): void
  stop(): Promise<void>
}

export function createLambdaFunction(settings: FunctionSettings & { concurrency: number }): LambdaFunction {
  const { name, concurrency } = settings
  const environments = new Set<ExecutionEnvironment>()
  const retired = new Set<ExecutionEnvironment>()
  const reserved = new Set<ExecutionEnvironment>()
  const waiting: (() => void)[] = []
  let isStopped = false

  function start(): ExecutionEnvironment {
    const environment = startExecutionEnvironment(settings)
    environments.add(environment)
    return environment
  }

  async function reserve(): Promise<ExecutionEnvironment> {
    for (;;) {
      if (isStopped) throw new Error(`the function ${name} has been stopped`)
      for (const environment of environments) if (!environment.isUsable()) environments.delete(environment)
      const idle = [...environments].find((environment) => !reserved.has(environment))
      const environment = idle ?? (environments.size < concurrency ? start() : null)
      if (environment !== null) {
        reserved.add(environment)
        return environment
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }

  function release(environment: ExecutionEnvironment): void {
    reserved.delete(environment)
    if (retired.delete(environment)) void environment.kill()
    waiting.shift()?.()
  }

  return {
    name,
    concurrency,
    async invoke(event) {
      const environment = await reserve()
      try {
        return await environment.invoke(event)
      } finally {
        release(environment)
      }
    },
    warm() {
      if (environments.size === 0) start()
    },
    pids: () => [...environments].flatMap((environment) => (environment.isUsable() ? (environment.pid ?? []) : [])),
    retire() {
      for (const environment of environments) {
        if (reserved.has(environment)) retired.add(environment)
        else void environment.kill()
      }
      environments.clear()
    },
    async stop() {
      isStopped = true
      for (const resolve of waiting.splice(0)) resolve()
      await Promise.all([...environments, ...retired].map((environment) => environment.kill()))
    },
  }
}
