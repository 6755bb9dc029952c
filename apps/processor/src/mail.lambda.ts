// Lambda behind the `mail` queue: wiring only.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { findSuppression } from '@shoebox/db/stores/suppression-store.ts'
import { consumeQueue } from './adapters/consume-queue.ts'
import { createMailer } from './adapters/ses-mailer.ts'
import { readMailEnv } from './env.ts'
import { createLog } from './log.ts'
import { sendMail } from './mail/send-mail.ts'

const env = readMailEnv()
const log = createLog('mail')
const db = connectPool({ connectionString: env.DATABASE_URL })
const deps = {
  siteOrigin: env.SITE_ORIGIN,
  deliver: createMailer(env.MAIL_FROM),
  findSuppression: (address: string) => findSuppression(db, address),
  log,
}

export const handler = consumeQueue(log, (record) => sendMail(deps, record.body))
