// The cache behind useQuery(), one for the page. Imported only by screens that load lazily: with its observers it weighs
// a quarter of the first load, and the first screen has its own store.
import { QueryClient } from '@tanstack/query-core'
import { findRefusal } from './refusal.ts'

/** Faults of a query are tried twice more; a refusal is an answer and is shown at once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      // Also without a network: the service worker may have kept an answer, and no answer is an error that is shown.
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (failures, error) => failures < 2 && findRefusal(error) === null,
    },
  },
})
// Only a client that is mounted hears that the network is back.
queryClient.mount()
