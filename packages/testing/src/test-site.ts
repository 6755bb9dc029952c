// The run's Worker as a security or workerd test meets it: visitors, what was queued, and people with an account.
import { inject } from 'vitest'
import { mailMessageSchema, type MailMessage } from '@shoebox/shared/messages/mail.schema.ts'
import { createApiClient, type ApiClient } from './api-client.ts'
import { pollUntil } from './poll-until.ts'
import type { TestSiteAddress } from './servers/start-test-site.ts'

declare module 'vitest' {
  interface ProvidedContext {
    site: TestSiteAddress
  }
}

export const testSite = (): TestSiteAddress => inject('site')

/** Somebody who has just opened the page, from a network of their own. */
export const newVisitor = (network?: string): ApiClient => createApiClient(testSite().origin, network)

/** The bodies of all messages in a queue, oldest first, without taking them. */
export async function readQueue(name: string): Promise<unknown[]> {
  const response = await fetch(new URL(name, testSite().queuesUrl))
  const bodies = (await response.json()) as string[]
  return bodies.map((body): unknown => JSON.parse(body))
}

/** The mails that wait to be sent to an address. */
export async function readMailsTo(address: string): Promise<MailMessage[]> {
  const messages = (await readQueue('mail')).map((body) => mailMessageSchema.parse(body))
  return messages.filter(({ to }) => to === address.toLowerCase())
}

/** The newest code that was mailed to an address. */
export const waitForCode = (address: string): Promise<string> =>
  pollUntil(async () => (await readMailsTo(address)).flatMap((mail) => ('code' in mail ? [mail.code] : [])).at(-1), {
    what: `a code for ${address}`,
  })

export type Person = {
  readonly client: ApiClient
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password: string
}

let people = 0

/** Signs somebody new up through the API, code and all, and leaves them signed in. About 100 ms. */
export async function signUpForTest(wish: { readonly name?: string; readonly email?: string } = {}): Promise<Person> {
  const client = newVisitor()
  people += 1
  const name = wish.name ?? `Person ${people}`
  const email = wish.email ?? `person-${people}-${crypto.randomUUID()}@example.org`
  const password = `a long password ${people}`
  const input = { name, email, password, confirmPassword: password }
  const { verificationId } = await client.api.account.signUp.mutate(input)
  const code = await waitForCode(email)
  const { user } = await client.api.account.verifySignUp.mutate({ verificationId, code })
  return { client, id: user.id, name, email, password }
}
