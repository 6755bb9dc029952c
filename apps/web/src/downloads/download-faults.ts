import type { FailureReason } from './download-part.ts'

/** This one file is not to be had, or not whole; the others go on. */
export class FileFailed extends Error {
  readonly reason: FailureReason
  constructor(reason: FailureReason) {
    super(`The file is ${reason}.`)
    this.name = 'FileFailed'
    this.reason = reason
  }
}

/** No file of the part can be had as things stand: the session ended, or the place where files lie does not answer. */
export class PartBroken extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'PartBroken'
  }
}
