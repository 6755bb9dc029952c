// One message of the `notices` queue becomes one push or one digest, however often it comes: whoever claims the delivery
// sends it, and ends it when it was sent. Between the sending and its end a crash may send once more, which neither a
// push service nor SES can prevent; the second push then takes the place of the first on the screen.
import type { Claim, Push } from '@shoebox/db/stores/delivery-store.ts'
import type { Digest } from '@shoebox/db/stores/digest-store.ts'
import { noticeMessageSchema } from '@shoebox/shared/messages/notice.schema.ts'
import type { Log } from '../log.ts'
import type { Mail } from '../mail/lay-out-mail.ts'
import { composePush } from './compose-push.ts'
import type { PushAnswer, PushMessage, PushTarget } from './push-message.ts'

export type DeliverDeps = {
  readonly nowMs: () => number
  readonly claim: (id: number, nowMs: number) => Promise<Claim>
  readonly end: (id: number, nowMs: number) => Promise<void>
  readonly release: (id: number) => Promise<void>
  /** Null: not to be sent any more. */
  readonly readPush: (id: number, nowMs: number) => Promise<Push | null>
  readonly readDigest: (id: number, nowMs: number) => Promise<Digest | null>
  readonly sendPush: (target: PushTarget, message: PushMessage) => Promise<PushAnswer>
  readonly forgetEndpoint: (endpoint: string) => Promise<void>
  readonly composeDigest: (digest: Digest) => Mail
  /** Hands a mail over and returns the id that the mail service gave it. */
  readonly sendMail: (to: string, mail: Mail) => Promise<string>
  readonly log: Log
}

/** Throws to have the message delivered again. */
export async function deliver(deps: DeliverDeps, body: string): Promise<void> {
  const id = noticeMessageSchema.parse(JSON.parse(body)).deliveryId
  const claim = await deps.claim(id, deps.nowMs())
  if (claim.state === 'over') return deps.log.info('delivery_over', { deliveryId: id })
  // If that one dies over it, this message is what brings it back.
  if (claim.state === 'taken') throw new Error('somebody else is sending it')
  try {
    await (claim.kind === 'push' ? sendPush(deps, id) : sendDigest(deps, id))
  } catch (error) {
    await deps.release(id)
    throw error
  }
  await deps.end(id, deps.nowMs())
}

async function sendPush(deps: DeliverDeps, id: number): Promise<void> {
  const push = await deps.readPush(id, deps.nowMs())
  if (push === null) return deps.log.info('push_not_needed', { deliveryId: id })
  const answer = await deps.sendPush(push, composePush(push))
  if (answer.outcome === 'sent') return deps.log.info('push_sent', { deliveryId: id, kind: push.kind })
  deps.log.warn(`push_${answer.outcome}`, { deliveryId: id, reason: answer.reason })
  if (answer.outcome === 'gone') await deps.forgetEndpoint(push.endpoint)
}

async function sendDigest(deps: DeliverDeps, id: number): Promise<void> {
  const digest = await deps.readDigest(id, deps.nowMs())
  if (digest === null || digest.lines.length === 0) return deps.log.info('digest_not_needed', { deliveryId: id })
  if (digest.suppression !== null)
    return deps.log.info('mail_suppressed', { template: 'digest', reason: digest.suppression })
  const sesId = await deps.sendMail(digest.email, deps.composeDigest(digest))
  deps.log.info('digest_sent', { deliveryId: id, lines: digest.lines.length, sesId })
}
