// What the desk knows of people and bans, and the one way to learn it anew after something was done.
import type { UserId } from '@shoebox/shared/ids.ts'
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useInfiniteQuery, useQuery } from '../api/use-query.ts'
import { showToast } from '../ui/toasts.tsx'
import { sentenceForDesk } from './desk-access.ts'

export type PersonKey = { readonly userId: UserId } | { readonly email: string }
export type Found = Outputs['bans']['find']
export type Ban = Outputs['bans']['list']['bans'][number]
type BanPage = Outputs['bans']['list']

// Kept for nobody who signs in next.
const fresh = { staleTime: 0, gcTime: 0 } as const

export const usePerson = (key: () => PersonKey) =>
  useQuery<Found>(() => ({ ...api.bans.find.options(key()), queryKey: ['bans.find', key()], retry: false, ...fresh }))

export const useBans = () =>
  useInfiniteQuery(() => ({
    queryKey: ['bans.list'],
    queryFn: ({ pageParam: cursor }: { pageParam: string | null }) =>
      api.bans.list.query(cursor === null ? {} : { cursor }),
    initialPageParam: null,
    getNextPageParam: (page: BanPage) => page.nextCursor,
    ...fresh,
  }))

const renew = (): Promise<unknown> =>
  Promise.all(['bans.find', 'bans.list'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })))

/** Waits for what is being done about somebody, and says how it went. False: it was not done. */
export async function doAndTell(work: Promise<unknown>, done: string): Promise<boolean> {
  try {
    await work
  } catch (error) {
    showToast(sentenceForDesk(error))
    return false
  }
  showToast(done)
  await renew()
  return true
}
