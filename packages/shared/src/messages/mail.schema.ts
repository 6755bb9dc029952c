// What the API puts on the `mail` queue. Codes travel here in clear, so queue viewers must redact `code`.
import * as z from 'zod'

const base = z.object({
  version: z.literal(1),
  to: z.email().max(254),
  name: z.string().max(60),
})

export const mailMessageSchema = z.discriminatedUnion('template', [
  base.extend({ template: z.literal('verify-sign-up'), code: z.string().regex(/^\d{6}$/) }),
  base.extend({ template: z.literal('already-signed-up') }),
])

export type MailMessage = z.infer<typeof mailMessageSchema>
