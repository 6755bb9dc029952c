import * as z from 'zod/mini'
import { roles } from '@shoebox/shared/groups/roles.ts'
import { noticeKinds } from '@shoebox/shared/notices/kinds.ts'
import { zone } from '../gallery/gallery.schema.ts'
import { picture } from '../groups/groups.schema.ts'
import { idOutput } from '../trpc/ids.schema.ts'

const moment = z.iso.datetime()

export const listOutput = z.strictObject({
  /** The latest first; at most 100. */
  notifications: z.array(
    z.strictObject({
      id: z.int(),
      kind: z.enum(noticeKinds),
      actor: z.strictObject({ id: idOutput('user'), name: z.string(), avatar: picture }),
      /** Null: it happened in the public feed. `role` is what one is in it by now; null: one is not. */
      group: z.nullable(z.strictObject({ id: idOutput('group'), name: z.string(), role: z.nullable(z.enum(roles)) })),
      /** The latest item it is about, where that can still be opened. */
      mediaId: z.nullable(idOutput('media')),
      /** How many items or times. */
      count: z.int().check(z.positive()),
      /** When it last grew. */
      lastAt: moment,
      isRead: z.boolean(),
    }),
  ),
})

export const unreadOutput = z.strictObject({ count: z.int().check(z.nonnegative()) })

/** `until`: the `lastAt` of the latest that was shown. `zone`: where one is, as the browser says. */
export const markReadInput = z.strictObject({ until: moment, zone: z.optional(zone) })

export type ListOutput = z.infer<typeof listOutput>
