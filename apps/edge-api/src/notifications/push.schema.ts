import * as z from 'zod/mini'
import { notificationLevels } from '@shoebox/shared/groups/policies.ts'
import { digestFrequencies } from '@shoebox/shared/notices/digest.ts'
import { endpointCharactersMax } from '@shoebox/shared/notices/push-endpoint.ts'
import { zone } from '../gallery/gallery.schema.ts'
import { idOutput } from '../trpc/ids.schema.ts'

/** Hash of a session's token, as sessions are listed by. */
const sessionId = z.string().check(z.regex(/^[\w-]{43}$/))

export const settingsOutput = z.strictObject({
  /** What a browser subscribes with: the public key of our pushes, base64url. */
  pushKey: z.string(),
  /** Browsers that are woken, the latest first. */
  devices: z.array(
    z.strictObject({
      id: sessionId,
      /** Names, such as Firefox and Windows; null where the browser does not say. */
      browser: z.nullable(z.string()),
      system: z.nullable(z.string()),
      isCurrent: z.boolean(),
      showsNames: z.boolean(),
      /** Of this browser alone: where its push service takes messages, so that it sees whether that is still so. */
      endpoint: z.nullable(z.string()),
      since: z.iso.datetime(),
    }),
  ),
  digest: z.enum(digestFrequencies),
  /** Why nothing is mailed to them, or null. */
  addressTrouble: z.nullable(z.enum(['bounce', 'complaint'])),
  groups: z.array(z.strictObject({ id: idOutput('group'), name: z.string(), level: z.enum(notificationLevels) })),
})

/** As the browser's `PushSubscription` says it: a point of P-256, uncompressed, and 16 bytes. */
export const subscribeInput = z.strictObject({
  endpoint: z.string().check(z.minLength(1), z.maxLength(endpointCharactersMax)),
  p256dh: z.string().check(z.regex(/^B[\w-]{86}$/)),
  auth: z.string().check(z.regex(/^[\w-]{22}$/)),
  showsNames: z.boolean(),
})

/** Absent: this browser. */
export const unsubscribeInput = z.strictObject({ id: z.optional(sessionId) })

export const setDigestInput = z.strictObject({ digest: z.enum(digestFrequencies), zone: z.optional(zone) })

const token = z.string().check(z.maxLength(200))
const groupState = z.strictObject({
  kind: z.literal('group'),
  groupName: z.string(),
  level: z.enum(notificationLevels),
})
const digestState = z.strictObject({ kind: z.literal('digest'), frequency: z.enum(digestFrequencies) })

/** How it is now, or, of a change, how it was before: what takes the change back. */
export const muteOutput = z.discriminatedUnion('kind', [groupState, digestState])
export const findMuteInput = z.strictObject({ token })
/** Without `to`: off. */
export const muteInput = z.strictObject({
  token,
  to: z.optional(z.union([z.enum(notificationLevels), z.enum(digestFrequencies)])),
})

export type SettingsOutput = z.infer<typeof settingsOutput>
export type MuteOutput = z.infer<typeof muteOutput>
