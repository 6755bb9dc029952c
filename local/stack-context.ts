// The parts of a stack once they run, and what each is given to start. Types only: parts import this file, and
// stack-parts.ts imports the parts.
import type { Control } from './control/start-control.ts'
import type { LogStore } from './control/log-store.ts'
import type { PortName } from './ports.ts'
import type { OrphanGuard } from './processes/orphan-guard.ts'
import type { Delivery } from './delivery/start-delivery.ts'
import type { DeliveryKey } from './delivery/delivery-key.ts'
import type { Lambdas } from './lambda/start-lambdas.ts'
import type { NeonFront } from './neon/start-neon-front.ts'
import type { Push } from './push/start-push.ts'
import type { PushKey } from './push/push-key.ts'
import type { Postgres } from './postgres/start-postgres.ts'
import type { S3 } from './s3/start-s3.ts'
import type { Ses } from './ses/start-ses.ts'
import type { Sqs } from './sqs/start-sqs.ts'
import type { StackOptions } from './stack-options.ts'

export type Site = {
  /** Http address of the Worker itself; the same server as the site, except when the client is served hot. */
  readonly workerOrigin: string
  stop(): Promise<void>
}

export type StackParts = {
  postgres: Postgres
  neon: NeonFront
  s3: S3
  sqs: Sqs
  ses: Ses
  lambdas: Lambdas
  delivery: Delivery & { readonly key: DeliveryKey }
  push: Push & { readonly key: PushKey }
  worker: Site
  control: Control
}

export type PartName = keyof StackParts

export type StartContext = {
  readonly dataDir: string
  readonly guard: OrphanGuard
  readonly options: StackOptions
  /** What the parts say, for `control`. Absent when nobody asked for that part. */
  readonly logs: LogStore | null
  /** Where people will reach the site; known before anything listens there. */
  readonly site: { readonly port: number; readonly origin: string }
  /** Starts another part, or waits for it when it is already starting. */
  need<N extends PartName>(name: N): Promise<StackParts[N]>
  port(name: PortName): number | undefined
}
