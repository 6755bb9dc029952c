// The cases as the API has them. Each answer signs evidence anew: what is signed already is kept while it is good for a
// while, so that pictures and rows stay as they are when the queue is looked at again.
import { serverNow } from '../api/server-clock.ts'
import { api, type Outputs } from '../api/client.ts'
import { useInfiniteQuery, useQuery } from '../api/use-query.ts'
import type { Case, CaseId } from './decide.ts'
import type { CaseFilter } from './queue-filter.tsx'

type Page = Outputs['desk']['cases']
type Found = Outputs['desk']['case']
type Signed = NonNullable<NonNullable<Case['evidence']>['delivery']>

/** Others report and decide meanwhile. Milliseconds. */
const everyMs = 30_000
/** How soon a copy that is on its way is looked for again. */
const copyEveryMs = 5_000
/** What is good for less is taken anew. */
const goodForMs = 5 * 60_000

const signed = new Map<string, Signed>()

function steady(one: Case): Case {
  const delivery = one.evidence?.delivery
  if (one.evidence === null || delivery == null) return one
  const known = signed.get(delivery.base)
  if (known !== undefined && Date.parse(known.expiresAt) - serverNow() > goodForMs)
    return { ...one, evidence: { ...one.evidence, delivery: known } }
  signed.set(delivery.base, delivery)
  return one
}

export const useCases = (filter: () => CaseFilter) =>
  useInfiniteQuery(() => ({
    queryKey: ['desk.cases', filter()],
    queryFn: async ({ pageParam: cursor }: { pageParam: string | null }): Promise<Page> => {
      const { isDecided, subjectKind, place } = filter()
      const page = await api.desk.cases.query({
        isDecided,
        ...(subjectKind === undefined ? {} : { subjectKind }),
        ...(place === undefined ? {} : { place }),
        ...(cursor === null ? {} : { cursor }),
      })
      return { ...page, cases: page.cases.map(steady) }
    },
    initialPageParam: null,
    getNextPageParam: (page: Page) => page.nextCursor,
    staleTime: 0,
    gcTime: 0,
    refetchInterval: everyMs,
  }))

export const useCase = (caseId: () => CaseId) =>
  useQuery<Found>(() => ({
    queryKey: ['desk.case', caseId()],
    queryFn: async () => {
      const found = await api.desk.case.query({ caseId: caseId() })
      return { ...found, case: steady(found.case) }
    },
    staleTime: 0,
    gcTime: 0,
    refetchInterval: (query) => (query.state.data?.case.evidence?.isWaiting === true ? copyEveryMs : everyMs),
  }))
