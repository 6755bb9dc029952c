// What inspect puts on the `videos` queue: a file that it has identified as a film or a sound and not looked into any
// further. The video function does the rest and answers on `outcomes`, as inspect does for pictures.
import * as z from 'zod/mini'
import { idPattern, type MediaId, type UserId } from '../ids.ts'
import { kindOf, mediaTypes, type MediaType } from '../media/kinds.ts'
import { isRequestId } from '../request-id.ts'

const mediaId = z.custom<MediaId>((value) => typeof value === 'string' && idPattern('media').test(value))
const userId = z.custom<UserId>((value) => typeof value === 'string' && idPattern('user').test(value))

export type TimedType = Exclude<MediaType, `image/${string}`>

export const isTimed = (type: MediaType): type is TimedType => kindOf(type) !== 'image'

export const timedTypes = mediaTypes.filter(isTimed)

/** How much of a film goes with its message: the boxes before the first large one. */
export const headBytes = 256

export const videoMessageSchema = z.object({
  version: z.literal(1),
  mediaId,
  ownerId: userId,
  incomingKey: z.string().check(z.maxLength(1024)),
  /** The identified ETag, unquoted: every later read is bound to it. */
  etag: z.string().check(z.minLength(1), z.maxLength(128)),
  bytes: z.int().check(z.positive()),
  /** What the leading bytes say. Whether it is a film or a sound is decided from its tracks. */
  type: z.enum(timedTypes as [TimedType, ...TimedType[]]),
  /** Its first bytes, in Base64: they tell where the header stands, which is read first. */
  head: z.optional(z.base64().check(z.maxLength(4 * Math.ceil(headBytes / 3)))),
  /** Of the request that the upload was signed for; for logs only. */
  requestId: z.optional(z.string().check(z.refine(isRequestId))),
})

export type VideoMessage = z.infer<typeof videoMessageSchema>
