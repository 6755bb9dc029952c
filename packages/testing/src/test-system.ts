// The run's system as a test meets it: visitors, their mail, people with an account, and files that are sent.
import { createHash } from 'node:crypto'
import { inject } from 'vitest'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { createApiClient, type ApiClient } from './api-client.ts'
import { pollUntil } from './poll-until.ts'
import type { TestSystemAddress } from './servers/start-test-system.ts'

declare module 'vitest' {
  interface ProvidedContext {
    system: TestSystemAddress
  }
}

export const testSystem = (): TestSystemAddress => inject('system')

/** Somebody who has just opened the page, from a network of their own. */
export const newVisitor = (): ApiClient => createApiClient(testSystem().origin)

/** The newest code that was mailed to an address and differs from one known before. */
export function waitForCode(address: string, known?: string): Promise<string> {
  const url = new URL(`/mails.json?to=${encodeURIComponent(address)}`, testSystem().inboxUrl)
  const ask = async () => {
    const [newest] = (await (await fetch(url)).json()) as { readonly text: string }[]
    const code = /\b\d{6}\b/.exec(newest?.text ?? '')?.[0]
    return code === known ? null : code
  }
  return pollUntil(ask, { what: `a code for ${address}` })
}

export type Person = {
  readonly client: ApiClient
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Signs somebody new up through the API, mailed code and all, and leaves them signed in. */
export async function signUpForTest(name = 'Ann'): Promise<Person> {
  const client = newVisitor()
  const email = `${name.toLowerCase()}-${crypto.randomUUID()}@example.org`
  const password = `the password of ${name}`
  const input = { name, email, password, confirmPassword: password, acceptedTerms: termsVersion }
  const { verificationId } = await client.api.account.signUp.mutate(input)
  const { user } = await client.api.account.verifySignUp.mutate({ verificationId, code: await waitForCode(email) })
  return { client, id: user.id, name, email, password }
}

export type SentFile = { readonly name: string; readonly type: string; readonly content: Uint8Array<ArrayBuffer> }

/** Sends files as the web client does: one pre-flight, then each with its presigned request. Answers their ids. */
export async function sendFiles({ api }: ApiClient, files: readonly SentFile[]): Promise<MediaId[]> {
  const answer = await api.uploads.begin.mutate({
    batchId: crypto.randomUUID(),
    files: files.map(({ name, type, content }) => ({
      name,
      type,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('base64'),
      // A test that sends the same picture again means another item.
      allowDuplicate: true,
    })),
  })
  return Promise.all(
    answer.files.map(async (file, index) => {
      if (!file.ok) throw new Error(`file ${index} is refused before it is sent: ${file.code}`)
      if (file.method !== 'put') throw new Error(`file ${index} is too large for one request`)
      const { method, url, headers } = file.request
      const response = await fetch(url, { method, headers, body: files[index]?.content ?? null })
      if (!response.ok) throw new Error(`file ${index} is refused by S3: ${response.status} ${await response.text()}`)
      return file.mediaId
    }),
  )
}

/** Waits until an upload has its end: ready, refused or cancelled. */
export const waitUntilSettled = ({ api }: ApiClient, mediaId: MediaId, timeoutMs = 20_000) =>
  pollUntil(
    async () => {
      const { items } = await api.uploads.watch.query({ mediaIds: [mediaId] })
      return items.find(({ state }) => state !== 'reserved')
    },
    { timeoutMs, everyMs: 50, what: `the end of ${mediaId}` },
  )
