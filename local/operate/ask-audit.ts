// Asks the function that verifies the audit log; what it answers is what it found.
import { InvokeCommand } from '@aws-sdk/client-lambda'
import * as z from 'zod'
import { OperatorError } from './operator-error.ts'
import type { Stage } from './stage.ts'

const reportSchema = z.object({
  chains: z.number(),
  entries: z.number(),
  anchors: z.number(),
  anchored: z.number(),
  findings: z.array(
    z.object({ kind: z.string(), chain: z.string().nullable(), place: z.union([z.number(), z.string()]) }),
  ),
})
export type AuditReport = z.infer<typeof reportSchema>

/** `accept`: and says that what a back-up does not have is gone for good. */
export async function askAudit({ lambda, nameOf }: Stage, verify: 'only' | 'accept'): Promise<AuditReport> {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: nameOf('audit'), Payload: JSON.stringify({ verify }) }),
  )
  const text = new TextDecoder().decode(Payload)
  if (FunctionError !== undefined) throw new OperatorError(`It could not be verified: ${text.slice(0, 500)}`)
  return reportSchema.parse(JSON.parse(text))
}
