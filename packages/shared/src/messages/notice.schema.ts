// What the announcer puts on the `notices` queue: which delivery is to be sent. What it says and to whom stands in the
// database and nowhere else, so the queue holds nobody's name, address or key.
import * as z from 'zod/mini'

export const noticeMessageSchema = z.object({ version: z.literal(1), deliveryId: z.int().check(z.positive()) })

export type NoticeMessage = z.infer<typeof noticeMessageSchema>
