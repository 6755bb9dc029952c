// What a caller of startStack may ask for: `npm start`, tests and benchmarks each want another part of it.
import type { LambdaName } from './cloud-names.ts'
import type { PortName } from './ports.ts'

export type StackOptions<P extends string = string> = {
  /** Which parts to have; what they need is started with them. All of them by default. */
  parts?: readonly P[]
  /** Kept between starts. By default a temporary folder that `stop` removes. */
  dataDir?: string
  /** `free`: any free ports (tests). `preferred`: the fixed row people know, the next free one where taken. */
  ports?: 'free' | 'preferred' | Partial<Record<PortName, number>>
  /** One call per line that a part prints. */
  log?: (part: string, line: string) => void
  /** A process ended that should not have. */
  onDeath?: (part: string, how: string) => void
  queues?: {
    /** How long a received message stays hidden before it is delivered again. Default as in the cloud. */
    visibilityTimeoutSeconds?: number
    /** Deliveries before a message is dead-lettered. Default 5. */
    maxReceiveCount?: number
  }
  lambdas?: Partial<Record<LambdaName, LambdaSettings>>
  /** Starts each function behind a queue ahead of its first event. Default true. */
  warm?: boolean
  /** Calls by themselves the functions that are on a schedule. Default true. */
  clock?: boolean
  /** A database that is there already, of the code's schema. By default the stack has a Postgres of its own. */
  databaseUrl?: string
  /** Runs the migrate function before the stack is called started. Default true where the Lambdas are started. */
  migrate?: boolean
  worker?: WorkerSettings
  /** How long a signed delivery URL stays the same. Default 300. */
  deliveryBucketSeconds?: number
  /** What time S3 believes it is. Milliseconds since 1970. */
  s3NowMs?: () => number
}

export type LambdaSettings = {
  /** Processes that may run at once. Default 2 (1 for persist and migrate). */
  concurrency?: number
  timeoutMs?: number
  /** Added to, or put in place of, the function's environment. */
  env?: Record<string, string>
  /** False: the function can be invoked, but nothing is taken from its queue. */
  isPolling?: boolean
}

export type WorkerSettings = {
  /** Added to, or put in place of, the Worker's variables. */
  vars?: Record<string, string>
  /** Rebuild and reload when a source file changes. */
  watch?: boolean
  /** A Vite dev server with hot reload in front, which passes /api on to the Worker. */
  hot?: boolean
}
