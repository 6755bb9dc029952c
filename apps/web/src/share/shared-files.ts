// Files that another app shared with this one. The service worker takes them in and lays them into a cache, from which
// the page they open reads them; see service-worker/take-shared.ts. They belong to the first person who is signed in
// while they are there, and are nobody else's to find.
import type { Id } from '@shoebox/shared/ids.ts'

export const sharePath = '/share'
export const sharedCache = 'shared-files'

/** The field of the form in which the system sends them; public/manifest.webmanifest says the same. */
export const sharedField = 'files'

const ownerPath = `${sharePath}/owner`
const nameHeader = 'x-file-name'
const changedHeader = 'x-last-modified-ms'

export async function keepShared(files: readonly File[]): Promise<void> {
  await caches.delete(sharedCache)
  const cache = await caches.open(sharedCache)
  await Promise.all(
    files.map((file, i) =>
      cache.put(
        `${sharePath}/${i}`,
        new Response(file, {
          headers: {
            'content-type': file.type,
            [nameHeader]: encodeURIComponent(file.name),
            [changedHeader]: String(file.lastModified),
          },
        }),
      ),
    ),
  )
}

/** Somebody is signed in: what was shared becomes theirs, and another's is forgotten. */
export async function claimShared(userId: Id<'user'>): Promise<void> {
  if (!(await caches.has(sharedCache))) return
  const cache = await caches.open(sharedCache)
  const owner = await (await cache.match(ownerPath))?.text()
  if (owner === undefined) await cache.put(ownerPath, new Response(userId))
  else if (owner !== userId) await forgetShared()
}

export async function readShared(): Promise<File[]> {
  const cache = await caches.open(sharedCache)
  const answers = await cache.matchAll()
  const files = answers.filter(({ headers }) => headers.has(nameHeader))
  return Promise.all(
    files.map(async (answer) => {
      const { headers } = answer
      const name = decodeURIComponent(headers.get(nameHeader) ?? '')
      const type = headers.get('content-type') ?? ''
      return new File([await answer.blob()], name, { type, lastModified: Number(headers.get(changedHeader)) })
    }),
  )
}

export const forgetShared = (): Promise<boolean> => caches.delete(sharedCache)
