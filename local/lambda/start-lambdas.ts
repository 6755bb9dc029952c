// All functions of the processor with their queues. Called by the stack.
import { fileURLToPath } from 'node:url'
import { lambdaNames, type LambdaName } from '../cloud-names.ts'
import type { OrphanGuard } from '../processes/orphan-guard.ts'
import type { LambdaSettings } from '../stack-options.ts'
import { describeCommonEnv, functionDeclarations, type FunctionSurroundings } from './declare-functions.ts'
import { startEventSource, type EventSource } from './event-source.ts'
import { createLambdaFunction, type LambdaFunction } from './lambda-function.ts'
import { startSchedule, type Schedule } from './schedule.ts'

export type LambdasOptions = {
  surroundings: FunctionSurroundings
  guard: OrphanGuard
  settings?: Partial<Record<LambdaName, LambdaSettings>>
  /** Brings the database to the code's schema before anything is taken from a queue. */
  migrateFirst: boolean
  /** Starts what a queue feeds before its first event. */
  isWarm: boolean
  /** Calls what is on a schedule. */
  hasClock: boolean
  log?: (functionName: string, line: string) => void
}

export type Lambdas = {
  /** Returns what the handler returned, or throws an InvocationError. */
  invoke(name: LambdaName, event: unknown): Promise<unknown>
  /** What a function is told, or null when there is none of this name. */
  environmentOf(name: string): Readonly<Record<string, string>> | null
  /** Stops taking from the function's queue once what it works on is done. */
  pause(name: LambdaName): Promise<void>
  resume(name: LambdaName): void
  /** SIGKILL to the function's processes and whatever they started; returns how many there were. */
  kill(name: LambdaName): number
  /** Uses new processes, with new code, from the next event on. */
  retireAll(): void
  stop(): Promise<void>
}

export async function startLambdas(options: LambdasOptions): Promise<Lambdas> {
  const functions = new Map(lambdaNames.map((name) => [name, declareFunction(name, options)]))
  const sources = new Map<LambdaName, EventSource>()
  const schedules: Schedule[] = []
  const find = (name: LambdaName): LambdaFunction => {
    const found = functions.get(name)
    if (found === undefined) throw new Error(`there is no function ${name}`)
    return found
  }
  const feeds = lambdaNames.filter((name) => options.settings?.[name]?.isPolling !== false)
  try {
    if (options.migrateFirst) await find('migrate').invoke({})
  } catch (error) {
    await Promise.all([...functions.values()].map((running) => running.stop()))
    throw error
  }
  for (const name of feeds) {
    if (options.hasClock) schedules.push(...connectClock(find(name), name, options))
    const source = connectSource(find(name), name, options)
    if (source === null) continue
    sources.set(name, source)
    // The first visitor should not wait for a cold start. After the migration, which everybody else waits for.
    if (options.isWarm) find(name).warm()
  }
  return {
    invoke: (name, event) => find(name).invoke(event),
    environmentOf: (name) => (isLambdaName(name) ? makeEnv(name, options) : null),
    pause: async (name) => sources.get(name)?.pause(),
    resume: (name) => sources.get(name)?.resume(),
    kill(name) {
      const pids = find(name).pids()
      for (const pid of pids) process.kill(-pid, 'SIGKILL')
      return pids.length
    },
    retireAll() {
      for (const { retire } of functions.values()) retire()
    },
    async stop() {
      for (const schedule of schedules) schedule.stop()
      await Promise.all([...sources.values()].map((source) => source.stop()))
      await Promise.all([...functions.values()].map((running) => running.stop()))
    },
  }
}

const isLambdaName = (name: string): name is LambdaName => (lambdaNames as readonly string[]).includes(name)

const makeEnv = (name: LambdaName, { surroundings, settings }: LambdasOptions): Record<string, string> => ({
  ...describeCommonEnv(surroundings),
  ...functionDeclarations[name].env(surroundings),
  ...settings?.[name]?.env,
})

function declareFunction(name: LambdaName, options: LambdasOptions): LambdaFunction {
  const { guard, settings, log } = options
  const declaration = functionDeclarations[name]
  const wish = settings?.[name] ?? {}
  return createLambdaFunction({
    name,
    handlerFile: fileURLToPath(new URL(`../../apps/processor/src/${name}.lambda.ts`, import.meta.url)),
    concurrency: wish.concurrency ?? declaration.concurrency,
    timeoutMs: wish.timeoutMs ?? declaration.timeoutMs,
    memoryMb: declaration.memoryMb,
    env: makeEnv(name, options),
    guard,
    log: (line) => log?.(name, line),
  })
}

function connectSource(fn: LambdaFunction, name: LambdaName, options: LambdasOptions): EventSource | null {
  const { source } = functionDeclarations[name]
  if (source === null) return null
  options.surroundings.sqs.giveBackAll(source.queue)
  return startEventSource({
    sqs: options.surroundings.sqs,
    queueName: source.queue,
    batchSize: source.batchSize,
    windowSeconds: 0,
    concurrency: fn.concurrency,
    lostSeconds: 15,
    invoke: fn.invoke,
    log: (line) => options.log?.(name, line),
  })
}

function connectClock(fn: LambdaFunction, name: LambdaName, { log }: LambdasOptions): Schedule[] {
  const { everyMinutes } = functionDeclarations[name]
  if (everyMinutes === undefined) return []
  return [startSchedule({ name, everyMinutes, invoke: fn.invoke, log: (line) => log?.(name, line) })]
}
