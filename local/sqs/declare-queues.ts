// Which queues there are and how long they wait: the local twin of infra's declaration.
import { receivesMax, visibilityTimeouts } from '../../infra/plan.ts'
import { functionDeclarations } from '../lambda/declare-functions.ts'
import type { StackOptions } from '../stack-options.ts'
import type { Queue } from './queue-store.ts'

export function declareQueues({
  visibilityTimeoutSeconds,
  maxReceiveCount = receivesMax,
}: StackOptions['queues'] = {}): Queue[] {
  return Object.values(functionDeclarations).flatMap(({ source, timeoutMs }) => {
    if (source === null) return []
    const name = source.queue
    const seconds = visibilityTimeoutSeconds ?? (visibilityTimeouts * timeoutMs) / 1000
    return [
      { name, visibilityTimeoutSeconds: seconds, deadLetter: { queue: `${name}-dead`, maxReceiveCount } },
      { name: `${name}-dead`, visibilityTimeoutSeconds: visibilityTimeoutSeconds ?? 30 },
    ]
  })
}
