/** What the person at the keyboard can mend. Its message is printed as it is, without a stack. */
export class OperatorError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'OperatorError'
  }
}
