// A visitor of the HTTP surface: keeps a cookie, comes from a network of its own, and sends what it is told to,
// right or wrong. Answers are given back as they came, refusals too.
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { Edge } from './start-edge.ts'

export type Answer = {
  readonly status: number
  readonly headers: Headers
  /** `result.data` of a call that succeeded. */
  readonly data: unknown
  /** `error.data.refusal` of one that was refused. */
  readonly refusal: Record<string, unknown> | null
  readonly text: string
}

export type Changes = {
  readonly origin?: string | null
  readonly cookie?: string | null
  readonly headers?: Record<string, string>
  readonly method?: string
  readonly body?: string
}

let visitors = 0

export class Visitor {
  /** The session's. */
  cookie: string | null = null
  /** What the browser is known by across sessions. */
  device: string | null = null
  readonly network: string
  private readonly edge: Edge

  constructor(edge: Edge, network?: string) {
    this.edge = edge
    visitors += 1
    this.network = network ?? `10.1.${Math.floor(visitors / 250)}.${(visitors % 250) + 1}`
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
    return this.send(`/api/trpc/${procedure}${search}`, { method: 'GET', origin: null, ...changes })
  }

  async send(path: string, { method = 'GET', body, ...changes }: Changes): Promise<Answer> {
    const origin = changes.origin === undefined ? this.edge.origin : changes.origin
    const session = changes.cookie === undefined ? this.cookie : changes.cookie
    const cookie = [session, this.device].filter((pair) => pair !== null).join('; ')
    const response = await fetch(this.edge.origin + path, {
      method,
      ...(body !== undefined && { body }),
      redirect: 'manual',
      headers: {
        'cf-connecting-ip': this.network,
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...(origin !== null && { origin }),
        ...(cookie !== '' && { cookie }),
        ...changes.headers,
      },
    })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    return read(response)
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';')
    if (pair.startsWith('__Host-shoebox-device=')) this.device = pair
    else this.cookie = pair.endsWith('=') ? null : pair
  }
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  const { status, headers } = response
  const json = parse(text) as { result?: { data?: unknown }; error?: { data?: { refusal?: unknown } } } | null
  const refusal = (json?.error?.data?.refusal ?? null) as Record<string, unknown> | null
  return { status, headers, data: json?.result?.data, refusal, text }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
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
