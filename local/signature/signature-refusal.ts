// A request that AWS would refuse before looking at what it asks for. Thrown by the verifier; each service writes it in
// its own format (S3 as XML, SQS as JSON).
export class SignatureRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly details: Record<string, string>

  constructor(status: number, code: string, message: string, details: Record<string, string> = {}) {
    super(message)
    this.name = 'SignatureRefusal'
    this.status = status
    this.code = code
    this.details = details
  }
}
