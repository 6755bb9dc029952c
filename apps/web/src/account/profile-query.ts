import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useQuery } from '../api/use-query.ts'
import type { User } from '../session/session.ts'

export type Profile = Outputs['account']['profile']

/** All that is kept about whoever is signed in. By person: the next one must not see what was the last one's. */
export const useProfile = (user: () => User) =>
  useQuery<Profile>(() => ({
    ...api.account.profile.options(),
    queryKey: ['account.profile', user().id],
    staleTime: 0,
  }))

export const renewProfile = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['account.profile'] })
