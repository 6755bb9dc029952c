// What SQS answers when it does not do what was asked. `code` is what the SDK names its error after.
export class SqsError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.name = 'SqsError'
    this.code = code
    this.status = status
  }
}

export const queueDoesNotExist = () => new SqsError('QueueDoesNotExist', 'The specified queue does not exist.')

export const invalidParameter = (name: string, reason: string) =>
  new SqsError('InvalidParameterValue', `Value for parameter ${name} is invalid. Reason: ${reason}`)
