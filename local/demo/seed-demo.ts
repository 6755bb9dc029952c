// Fills an empty system with a demo account and its pictures, the way a person would: through the API, the mailed code
// and presigned uploads. Safe to run again after being cut off: the batch id is fixed, so nothing is made twice.
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import { createHash } from 'node:crypto'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import type { AppRouter } from '@shoebox/edge-api/src/router.ts'
import type { Ses } from '../ses/start-ses.ts'
import { demoScenes, paintScene } from './paint-scene.ts'

export const demoAccount = { name: 'Demo', email: 'demo@shoebox.local', password: 'open the shoebox' } as const

const demoGroup = { name: 'Weekend in the hills', description: 'Everything from our four days. Add what you have!' }

const batchIds = { feed: '0d3b0e5a-5b0e-4d3b-8e5a-0d3b0e5a5b0e', group: '0d3b0e5a-5b0e-4d3b-8e5a-0d3b0e5a5b0f' }
/** How many of the pictures are in the group as well. */
const groupPictures = 5
const patienceMs = 60_000

export type SeedDeps = { readonly siteOrigin: string; readonly ses: Pick<Ses, 'mails'> }

export async function seedDemo({ siteOrigin, ses }: SeedDeps): Promise<void> {
  const api = connect(siteOrigin)
  await signIn(api, ses)
  const pictures = await Promise.all(
    demoScenes.map(async (scene) => ({ name: `${scene.name}.jpg`, content: await paintScene(scene) })),
  )
  await add(api, batchIds.feed, null, pictures)
  await add(api, batchIds.group, await findOrMakeGroup(api), pictures.slice(0, groupPictures))
}

async function findOrMakeGroup(api: Api) {
  const { groups } = await api.groups.mine.query()
  return groups[0]?.id ?? (await api.groups.create.mutate(demoGroup)).groupId
}

type DemoPicture = { readonly name: string; readonly content: Buffer }

async function add(api: Api, batchId: string, groupId: GroupId | null, pictures: readonly DemoPicture[]) {
  const { files } = await api.uploads.begin.mutate({
    batchId,
    groupId,
    files: pictures.map(({ name, content }) => ({
      name,
      type: 'image/jpeg',
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('base64'),
    })),
  })
  for (const [index, file] of files.entries()) {
    const content = pictures[index]?.content
    if (!file.ok || file.method !== 'put' || content === undefined) continue
    const { method, url, headers } = file.request
    const { status } = await fetch(url, { method, headers, body: new Uint8Array(content) })
    // 412: an earlier run that was cut off had sent it.
    if (status !== 200 && status !== 412) throw new Error(`the demo picture ${index} was answered with ${status}`)
    await untilShown(api, file.mediaId)
  }
}

type Api = ReturnType<typeof connect>

/** Keeps cookies; Node's fetch keeps none. */
function connect(siteOrigin: string) {
  const cookies = new Map<string, string>()
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${siteOrigin}/api/trpc`,
        headers: () => ({ origin: siteOrigin, cookie: [...cookies.values()].join('; ') }),
        async fetch(url, init) {
          const response = await fetch(String(url), init as RequestInit)
          for (const line of response.headers.getSetCookie()) {
            const [pair = ''] = line.split(';')
            cookies.set(pair.split('=')[0] ?? '', pair)
          }
          return response
        },
      }),
    ],
  })
}

async function signIn(api: Api, ses: SeedDeps['ses']): Promise<void> {
  const { name, email, password } = demoAccount
  try {
    await api.account.signIn.mutate({ email, password })
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error
    const known = ses.mails(email).length
    const { verificationId } = await api.account.signUp.mutate({
      name,
      email,
      password,
      confirmPassword: password,
      acceptedTerms: termsVersion,
    })
    const code = await until(() => {
      const [newest] = ses.mails(email)
      const isNew = ses.mails(email).length > known
      return (isNew && newest !== undefined && /\b\d{6}\b/.exec(newest.text)?.[0]) || null
    }, 'the demo account’s code did not arrive')
    await api.account.verifySignUp.mutate({ verificationId, code })
  }
}

async function untilShown(api: Api, mediaId: Parameters<Api['uploads']['watch']['query']>[0]['mediaIds'][number]) {
  await until(async () => {
    const { items } = await api.uploads.watch.query({ mediaIds: [mediaId] })
    const state = items[0]?.state
    if (state === 'refused') throw new Error(`a demo picture was refused: ${items[0]?.reason}`)
    return state === 'ready' ? true : null
  }, 'a demo picture did not become ready')
}

async function until<T>(find: () => T | null | Promise<T | null>, otherwise: string): Promise<T> {
  const deadlineMs = Date.now() + patienceMs
  while (Date.now() < deadlineMs) {
    const found = await find()
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(otherwise)
}
