// What the recorder writes and the tests read.
import type { Plain, PlainObject } from './wire.ts'

export type Resource = {
  readonly urn: string
  readonly type: string
  readonly name: string
  readonly parent: string
  readonly isCustom: boolean
  readonly isRead: boolean
  id: string
  inputs: PlainObject
  outputs: PlainObject
  /** Paths into `inputs` whose values were secrets. */
  readonly secretInputs: string[]
  dependencies: string[]
  readonly isProtected: boolean
  readonly isRetained: boolean
}

export type Recording = {
  readonly stage: string
  readonly exitCode: number
  readonly resources: Resource[]
  readonly outputs: Plain
  readonly messages: readonly { readonly severity: number; readonly text: string; readonly urn: string }[]
  readonly stderr: string
}
