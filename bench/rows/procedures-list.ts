// Every procedure of the API as the row of procedures calls it: with what a screen asks for, signed in where it must be.
import { createHash } from 'node:crypto'
import { codeFor, password, signUpForm } from '@shoebox/edge-api/test/visitor.ts'
import { uuidOf, type MediaId } from '@shoebox/shared/ids.ts'
import { send, type Call } from './procedures-calls.ts'
import type { ProceduresRig } from './procedures-rig.ts'
import { itemAt } from './procedures-rows.ts'

export type Viewer = { readonly cookie: string; readonly userUuid: string; readonly token: string }

export type Procedure = {
  readonly name: string
  readonly tripsMax: number
  readonly calls: () => Promise<readonly Call[]>
  /** Its statements may be asked again as they are: then the bare handler does the same. */
  readonly isRepeatable?: boolean
  readonly peerCalls?: () => Promise<readonly Call[]>
}

export const callsPerRound = 30
/** Hashing a password takes about as long as twenty other calls. */
const slowCallsPerRound = 4

const times = (count: number, make: (n: number) => Call): Call[] => Array.from({ length: count }, (_, n) => make(n))
const input = (value: unknown): string => `?input=${encodeURIComponent(JSON.stringify(value))}`

export const query = (name: string, value?: unknown, headers: Record<string, string> = {}): Call => ({
  path: `/api/trpc/${name}${value === undefined ? '' : input(value)}`,
  headers,
})

export const mutate = (name: string, body: unknown, headers: Record<string, string> = {}): Call => ({
  path: `/api/trpc/${name}`,
  method: 'POST',
  body,
  headers,
})

export async function dataOf<T>(response: Response): Promise<T> {
  return ((await response.json()) as { result: { data: T } }).result.data
}

export const steady = (call: Call) => () => Promise.resolve(times(callsPerRound, () => call))

export function listReads(newest: number, { cookie }: Viewer): Procedure[] {
  const mediaIds = Array.from({ length: 30 }, (_, n) => itemAt(newest - n))
  const read = (name: string, value?: unknown) => ({
    name,
    tripsMax: 1,
    isRepeatable: true,
    calls: steady(query(name, value, { cookie })),
  })
  return [
    read('account.me'),
    read('feed.item', { mediaId: itemAt(newest) }),
    { ...read('feed.likedAmong', { mediaIds }), name: 'feed.likedAmong of 30' },
    { ...read('uploads.watch', { mediaIds }), name: 'uploads.watch of 30, ready' },
  ]
}

export function listLikes(newest: number, { cookie, token }: Viewer): Procedure[] {
  const mediaId = itemAt(newest)
  const path = `/media/${uuidOf(mediaId)}/likes`
  const peer = (method: 'POST' | 'DELETE') => steady({ path, method, headers: { authorization: token } })
  const write = { tripsMax: 2, isRepeatable: true }
  return [
    {
      ...write,
      name: 'likes.like',
      calls: steady(mutate('likes.like', { mediaId }, { cookie })),
      peerCalls: peer('POST'),
    },
    {
      ...write,
      name: 'likes.unlike',
      calls: steady(mutate('likes.unlike', { mediaId }, { cookie })),
      peerCalls: peer('DELETE'),
    },
  ]
}

const photo = () => ({
  name: 'IMG_2041.jpg',
  type: 'image/jpeg',
  bytes: 1000,
  sha256: createHash('sha256').update(crypto.randomUUID()).digest('base64'),
})

export function listUploads({ ours }: ProceduresRig, { cookie, token }: Viewer): Procedure[] {
  const begin = (files: number) =>
    mutate('uploads.begin', { batchId: crypto.randomUUID(), files: Array.from({ length: files }, photo) }, { cookie })
  const reserve = async (): Promise<MediaId[]> => {
    const { files } = await dataOf<{ files: { mediaId: MediaId }[] }>(await send(ours, begin(callsPerRound)))
    return files.map(({ mediaId }) => mediaId)
  }
  const each = (name: string) => async () => (await reserve()).map((mediaId) => mutate(name, { mediaId }, { cookie }))
  const presign = { path: '/media/presigned-url', method: 'POST', headers: { authorization: token } } as const
  return [
    {
      name: 'uploads.begin of 1',
      tripsMax: 2,
      calls: async () => times(callsPerRound, () => begin(1)),
      peerCalls: steady(presign),
    },
    { name: 'uploads.begin of 50', tripsMax: 2, calls: async () => times(6, () => begin(50)) },
    { name: 'uploads.sign', tripsMax: 2, calls: each('uploads.sign'), peerCalls: steady(presign) },
    { name: 'uploads.cancel', tripsMax: 2, calls: each('uploads.cancel') },
  ]
}

export function listAccount(
  { edge, ours }: ProceduresRig,
  email: string,
  openSessions: (count: number) => Promise<string[]>,
): Procedure[] {
  const signUp = (address: string) => mutate('account.signUp', signUpForm(address))
  const newAddress = () => `${crypto.randomUUID()}@bench.example`
  const attempt = async () => {
    const address = newAddress()
    const { verificationId } = await dataOf<{ verificationId: string }>(await send(ours, signUp(address)))
    return { verificationId, address }
  }
  const attempts = () => Promise.all(Array.from({ length: slowCallsPerRound }, attempt))
  const slow = (make: () => Call) => async () => times(slowCallsPerRound, make)
  return [
    { name: 'account.signUp', tripsMax: 2, calls: slow(() => signUp(newAddress())) },
    {
      name: 'account.resendCode',
      tripsMax: 2,
      calls: async () =>
        (await attempts()).map(({ verificationId }) => mutate('account.resendCode', { verificationId })),
    },
    {
      name: 'account.verifySignUp',
      tripsMax: 2,
      calls: async () =>
        (await attempts()).map(({ verificationId, address }) =>
          mutate('account.verifySignUp', { verificationId, code: codeFor(edge, address) }),
        ),
    },
    { name: 'account.signIn', tripsMax: 2, calls: slow(() => mutate('account.signIn', { email, password })) },
    {
      name: 'account.signOut',
      tripsMax: 2,
      calls: async () =>
        (await openSessions(callsPerRound)).map((cookie) => mutate('account.signOut', undefined, { cookie })),
    },
  ]
}
