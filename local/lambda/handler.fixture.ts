// A function for lambda.aws.test.ts: does what each message or event asks.
type Context = { awsRequestId: string; functionName: string; getRemainingTimeInMillis(): number }
type Event = { Records?: { messageId: string; body: string }[]; op?: string; [key: string]: unknown }

let invocations = 0
const never = new Promise<never>(() => {})

export async function handler(event: Event, context: Context): Promise<unknown> {
  invocations += 1
  if (event.Records === undefined) return runDirect(event, context)
  process.stdout.write(`batch ${JSON.stringify(event)}\n`)
  const batchItemFailures: { itemIdentifier: string }[] = []
  for (const { messageId, body } of event.Records) {
    if (body === 'exit') process.exit(7)
    if (body === 'hang') await never
    if (body === 'throw') throw new TypeError('all broken')
    if (body === 'unknown id') return { batchItemFailures: [{ itemIdentifier: 'bogus' }] }
    if (body === 'poison') batchItemFailures.push({ itemIdentifier: messageId })
  }
  return { batchItemFailures }
}

async function runDirect(event: Event, context: Context): Promise<unknown> {
  if (event.op === 'throw') throw Object.assign(new TypeError('all broken'), { why: 'fixture' })
  if (event.op === 'exit') process.exit(7)
  if (event.op === 'hang') await never
  return {
    event,
    invocations,
    pid: process.pid,
    requestId: context.awsRequestId,
    functionName: context.functionName,
    remainingMs: context.getRemainingTimeInMillis(),
    region: process.env['AWS_REGION'],
    secretOfOurs: process.env['HOME'],
  }
}
