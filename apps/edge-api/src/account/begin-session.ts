// Opening a session from whichever way in: the token, the browser's own cookie, and the mail about a new browser.
import { nameDevice } from '@shoebox/shared/account/name-device.ts'
import type { UserId } from '@shoebox/shared/ids.ts'
import type { MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import type { NewSession, OpenSession } from '../sessions/open-session.ts'
import type { User } from '../sessions/signed-in.ts'
import type { Visitor } from '../trpc/visitor.ts'

/** A session about to begin, the browser it begins in, and the session that this browser had before. */
export type Entry = {
  readonly session: NewSession
  /** Hash of what the browser is known by. */
  readonly deviceId: string
  readonly replacedSessionId: string | null
}

export type Entered = { readonly user: User; readonly isNewDevice: boolean }

export type BeginSessionDeps = {
  readonly nowMs: () => number
  readonly openSession: OpenSession
  /** What the browser is known by: its cookie, or a new one that is set if the session begins. */
  readonly findDevice: () => Promise<{ readonly deviceId: string; readonly remember: () => void }>
  readonly hashToken: (token: string) => Promise<string>
  readonly setSessionCookie: (token: string) => void
  readonly mailAfterwards: (mail: MailMessage) => void
}

/**
 * Has a session written and, if that opened it, gives it to the browser. Always a new token: one that somebody planted
 * in the browser before never becomes a signed-in session.
 */
export async function beginSession<T>(
  deps: BeginSessionDeps,
  visitor: Visitor,
  userId: UserId,
  write: (entry: Entry) => Promise<T>,
): Promise<{ readonly written: T; readonly begin: (entered: Entered) => { user: User } }> {
  const device = await deps.findDevice()
  const replacedSessionId = visitor.sessionToken === null ? null : await deps.hashToken(visitor.sessionToken)
  const { token, written } = await deps.openSession({ userId, from: visitor }, (session) =>
    write({ session, deviceId: device.deviceId, replacedSessionId }),
  )
  const begin = ({ user, isNewDevice }: Entered) => {
    deps.setSessionCookie(token)
    device.remember()
    if (isNewDevice) deps.mailAfterwards(newDeviceMail(user, visitor, deps.nowMs()))
    return { user: { id: user.id, name: user.name, email: user.email } }
  }
  return { written, begin }
}

const newDeviceMail = ({ name, email }: User, { userAgent, country, city }: Visitor, nowMs: number): MailMessage => ({
  version: 1,
  template: 'new-device',
  to: email,
  name,
  ...nameDevice(userAgent),
  country,
  city,
  at: new Date(nowMs).toISOString(),
})
