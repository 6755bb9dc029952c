// A visitor of the HTTP surface, for tests that name what is sent and read what came: right or wrong, refused or not.
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { createApiClient, type ApiAnswer, type ApiClient } from '@shoebox/testing/api-client.ts'
import { deviceCookieName } from '../src/sessions/device-cookie.ts'
import { sessionCookieName } from '../src/sessions/session-cookie.ts'
import type { Edge } from './start-edge.ts'

export type Answer = ApiAnswer

/** What is sent otherwise than a browser would. Null: left out. */
export type Changes = {
  readonly origin?: string | null
  /** In place of the session's. */
  readonly cookie?: string | null
  readonly headers?: Record<string, string>
  readonly method?: string
  readonly body?: string
}

let visitors = 0

export class Visitor {
  readonly network: string
  private readonly client: ApiClient

  constructor(edge: Edge, network?: string) {
    visitors += 1
    this.network = network ?? `10.1.${Math.floor(visitors / 250)}.${(visitors % 250) + 1}`
    this.client = createApiClient(edge.origin, this.network)
  }

  /** The session's, as `name=value`. */
  get cookie(): string | null {
    return this.pairOf(sessionCookieName)
  }

  set cookie(pair: string | null) {
    if (pair === null) this.client.cookies.delete(sessionCookieName)
    else this.client.cookies.set(sessionCookieName, pair.slice(pair.indexOf('=') + 1))
  }

  /** What the browser is known by across sessions. */
  get device(): string | null {
    return this.pairOf(deviceCookieName)
  }

  private pairOf(name: string): string | null {
    const value = this.client.cookies.get(name)
    return value === null ? null : `${name}=${value}`
  }

  mutate(procedure: string, input?: unknown, changes: Changes = {}): Promise<Answer> {
    return this.send(`/api/trpc/${procedure}`, {
      method: 'POST',
      ...(input !== undefined && { body: JSON.stringify(input) }),
      ...changes,
    })
  }

  query(procedure: string, input?: unknown, changes: Changes = {}): Promise<Answer> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    return this.send(`/api/trpc/${procedure}${search}`, changes)
  }

  send(path: string, { method = 'GET', body, origin, cookie, headers }: Changes): Promise<Answer> {
    const cookies = [cookie ?? null, this.device].filter((pair) => pair !== null).join('; ')
    return this.client.send(
      path,
      { method, body: body ?? null, ...(method === 'POST' && { headers: { 'content-type': 'application/json' } }) },
      { ...(origin !== undefined && { origin }), ...(cookie !== undefined && { cookie: cookies || null }), ...headers },
    )
  }
}

let accounts = 0
export const password = 'correct horse battery'

export const signUpForm = (email: string, name = 'Ann') => ({
  name,
  email,
  password,
  confirmPassword: password,
  acceptedTerms: termsVersion,
})

/** Somebody with an account, signed in, by way of the front door. */
export async function signUpVisitor(edge: Edge, name = 'Ann'): Promise<Visitor & { email: string }> {
  const visitor = new Visitor(edge)
  accounts += 1
  const email = `${name.toLowerCase()}-${accounts}@example.org`
  const begun = await visitor.mutate('account.signUp', signUpForm(email, name))
  const { verificationId } = begun.data as { verificationId: string }
  const opened = await visitor.mutate('account.verifySignUp', { verificationId, code: codeFor(edge, email) })
  if (opened.status !== 200 || visitor.cookie === null) throw new Error(`sign-up failed: ${opened.text}`)
  return Object.assign(visitor, { email })
}

/** The newest code mailed to an address. */
export function codeFor(edge: Edge, email: string): string {
  const mail = edge.mails().findLast((sent) => sent['to'] === email && sent['code'] !== undefined)
  if (mail?.['code'] === undefined) throw new Error(`no code was mailed to ${email}`)
  return mail['code']
}

/** Another code than the right one. */
export const wrongCode = (right: string): string => String((Number(right) + 1) % 1_000_000).padStart(6, '0')
