// Which queues there are and how long they wait: the local twin of infra's declaration.
import { functionDeclarations } from '../lambda/declare-functions.ts'
import type { StackOptions } from '../stack-options.ts'
import type { Queue } from './queue-store.ts'

/** As in the cloud. What one function still works on, another would begin with. */
const visibilityTimeouts = 6

export function declareQueues({ visibilityTimeoutSeconds, maxReceiveCount = 5 }: StackOptions['queues'] = {}): Queue[] {
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
