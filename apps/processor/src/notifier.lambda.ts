// Lambda behind the `notices` queue: wiring only.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import * as deliveries from '@shoebox/db/stores/delivery-store.ts'
import { readDigest } from '@shoebox/db/stores/digest-store.ts'
import { muteText, writeMuteToken } from '@shoebox/shared/notices/mute-token.ts'
import { createHmac } from 'node:crypto'
import { consumeQueue } from './adapters/consume-queue.ts'
import { createMailer } from './adapters/ses-mailer.ts'
import { createPushSender } from './adapters/web-push.ts'
import { readNotifierEnv } from './env.ts'
import { createLog } from './log.ts'
import { composeDigest } from './notifier/compose-digest.ts'
import { deliver, type DeliverDeps } from './notifier/deliver.ts'

const env = readNotifierEnv()
const db = connectPool({ connectionString: env.DATABASE_URL })
const log = createLog('notifier')
const digestDeps: Parameters<typeof composeDigest>[0] = {
  siteOrigin: env.SITE_ORIGIN,
  signMute: (muted) =>
    writeMuteToken(muted, createHmac('sha256', env.LINK_HMAC_KEY).update(muteText(muted)).digest('base64url')),
}

const deps: DeliverDeps = {
  nowMs: Date.now,
  claim: (id, nowMs) => deliveries.claimDelivery(db, id, nowMs),
  end: (id, nowMs) => deliveries.endDelivery(db, id, nowMs),
  release: (id) => deliveries.releaseDelivery(db, id),
  readPush: (id, nowMs) => deliveries.readPush(db, id, nowMs),
  readDigest: (id, nowMs) => readDigest(db, id, nowMs),
  sendPush: createPushSender({
    privateKey: env.PUSH_PRIVATE_KEY,
    subject: `mailto:${env.MAIL_FROM.replace(/^.*<|>$/g, '')}`,
    ownOrigin: env.PUSH_ENDPOINT ?? null,
  }),
  forgetEndpoint: (endpoint) => deliveries.forgetEndpoint(db, endpoint),
  composeDigest: (digest) => composeDigest(digestDeps, digest),
  sendMail: createMailer(env.MAIL_FROM),
  log,
}

export const handler = consumeQueue(log, (record) => deliver(deps, record.body), { isParallel: true })
