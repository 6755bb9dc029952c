// What an execution environment and its host say to each other over the child process's message channel. Events and
// results travel as JSON text, so that a handler gets exactly what AWS would hand it: no dates, no undefined.
export type HostMessage = {
  type: 'invoke'
  requestId: string
  eventJson: string
  deadlineMs: number
  functionArn: string
}

export type LambdaError = { errorType: string; errorMessage: string; trace: string[] }

export type RuntimeMessage =
  | { type: 'ready' }
  | { type: 'init-error'; error: LambdaError }
  | { type: 'result'; requestId: string; resultJson: string }
  | { type: 'error'; requestId: string; error: LambdaError }

export function describeLambdaError(error: unknown): LambdaError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] }
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
}
