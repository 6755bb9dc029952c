// GetFunctionConfiguration and Invoke. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
import type { IncomingMessage, ServerResponse } from 'node:http'
import { InvocationError } from '../lambda/execution-environment.ts'
import { ControlError } from './control-error.ts'

type Awaitable<T> = T | Promise<T>

export type ControlledFunctions = {
  /** What a function is told, or null when there is none of this name. */
  environmentOf(name: string): Awaitable<Readonly<Record<string, string>> | null>
  /** Returns what the handler returned, or throws an InvocationError. */
  invoke(name: string, event: unknown): Promise<unknown>
}

type Call = { request: IncomingMessage; response: ServerResponse; path: string; body: Buffer }

export async function callLambda(functions: ControlledFunctions, call: Call): Promise<void> {
  const { request, response, path, body } = call
  const [, name = '', action] = /^\/2015-03-31\/functions\/([\w-]+)\/(\w+)$/.exec(path) ?? []
  const environment = await functions.environmentOf(name)
  if (environment === null) throw new ControlError(404, 'ResourceNotFoundException', `Function not found: ${name}`)
  if (request.method === 'GET' && action === 'configuration') {
    return send(response, { FunctionName: name, Environment: { Variables: environment } })
  }
  if (request.method !== 'POST' || action !== 'invocations') {
    throw new ControlError(404, 'UnknownOperationException', 'This is not answered here.')
  }
  try {
    send(response, (await functions.invoke(name, body.length === 0 ? {} : JSON.parse(body.toString('utf8')))) ?? null)
  } catch (error) {
    if (!(error instanceof InvocationError)) throw error
    // A function that failed was called all the same: AWS answers 200 and says so in a header.
    response.setHeader('x-amz-function-error', 'Unhandled')
    send(response, { errorType: error.errorType, errorMessage: error.message, trace: error.trace })
  }
}

function send(response: ServerResponse, content: unknown): void {
  const bytes = Buffer.from(JSON.stringify(content))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes)
}
