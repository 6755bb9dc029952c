// What the desk knows of reviews, and the ways to decide and to learn it anew.
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useInfiniteQuery, useQuery } from '../api/use-query.ts'
import { showToast } from '../ui/toasts.tsx'
import { reviewWords } from '../words/review-words.ts'
import { sentenceForDesk } from './desk-access.ts'

export type HeldPage = Outputs['review']['held']
export type Held = HeldPage['held'][number]
export type MediaId = Held['item']['id']
export type KnownPage = Outputs['review']['knownBad']
export type Known = KnownPage['known'][number]
export type Tier = Outputs['review']['tiers']['tiers'][number]
export type Verdict = 'approve' | 'refuse' | 'keep_out'

// Kept for nobody who signs in next.
const fresh = { staleTime: 0, gcTime: 0 } as const
const heldKey = ['review.held']
const knownKey = ['review.knownBad']
const tiersKey = ['review.tiers']

export const useHeld = () =>
  useInfiniteQuery(() => ({
    queryKey: heldKey,
    queryFn: ({ pageParam: cursor }: { pageParam: string | null }) =>
      api.review.held.query(cursor === null ? {} : { cursor }),
    initialPageParam: null,
    getNextPageParam: (page: HeldPage) => page.nextCursor,
    ...fresh,
  }))

export const useKnown = () =>
  useInfiniteQuery(() => ({
    queryKey: knownKey,
    queryFn: ({ pageParam: cursor }: { pageParam: string | null }) =>
      api.review.knownBad.query(cursor === null ? {} : { cursor }),
    initialPageParam: null,
    getNextPageParam: (page: KnownPage) => page.nextCursor,
    ...fresh,
  }))

export const useTiers = () =>
  useQuery<Outputs['review']['tiers']>(() => ({ ...api.review.tiers.options(), queryKey: tiersKey, ...fresh }))

const renew = (...keys: readonly (readonly string[])[]): Promise<unknown> =>
  Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))

/** Does it, says how it went and learns anew what it changed. False: it was not done. */
async function doAndTell(work: () => Promise<string>, ...keys: readonly (readonly string[])[]): Promise<boolean> {
  try {
    showToast(await work())
    await renew(...keys)
    return true
  } catch (error) {
    showToast(sentenceForDesk(error))
    return false
  }
}

export const judge = (mediaIds: readonly MediaId[], verdict: Verdict): Promise<boolean> =>
  doAndTell(
    async () => {
      const { mediaIds: done } = await api.review.judge.mutate({ mediaIds: [...mediaIds], verdict })
      if (done.length === 0) return reviewWords.decidedBefore
      return verdict === 'approve' ? reviewWords.approved(done.length) : reviewWords.refused(done.length)
    },
    heldKey,
    knownKey,
  )

export const lift = (mediaId: MediaId): Promise<boolean> =>
  doAndTell(async () => {
    await api.review.lift.mutate({ mediaId })
    return reviewWords.lifted
  }, knownKey)

export const saveTiers = (tiers: readonly Tier[]): Promise<boolean> =>
  doAndTell(async () => {
    await api.review.setTiers.mutate({ tiers: [...tiers] })
    return reviewWords.saved
  }, tiersKey)
