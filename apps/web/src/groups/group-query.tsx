import { A, useLocation } from '@solidjs/router'
import { onMount, Show, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { isId } from '@shoebox/shared/ids.ts'
import { api, type Outputs } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { useQuery } from '../api/use-query.ts'
import { useShoebox } from '../compose.ts'
import { forgetPictures } from '../pictures/forget-pictures.ts'
import { withNext } from '../session/next-place.ts'
import { Notice } from '../ui/notice.tsx'
import { enterPlace } from '../upload/destination.ts'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'

export type Found = Outputs['groups']['find']
export type GroupId = Found['group']['id']

/** A group and what one is in it, by the id in the address. What is no id is answered like a group that is not there. */
export const useGroup = (idText: () => string | undefined) =>
  useQuery<Found>(() => {
    const id = idText() ?? ''
    if (isId('group', id)) return api.groups.find.options({ groupId: id })
    return { queryKey: ['groups.find', id], queryFn: () => Promise.reject(new NoGroup()), retry: false }
  })

class NoGroup extends Error {}

/** There is no such group for this viewer, as opposed to an answer that did not come. */
const isGone = (error: unknown): boolean => error instanceof NoGroup || isRefusedWith(error, 'not_found')

/** Nothing can be shown of it: it is gone, or never came. What is shown stays where only a later answer did not come. */
export const isLost = (group: ReturnType<typeof useGroup>): boolean => group.isLoadingError || isGone(group.error)

/** While one of the group's pages is open, what is added goes into its gallery. */
export const enterGroup = ({ group, me }: Found): void => {
  if (isAtLeast(me.role, 'contributor')) enterPlace({ kind: 'group', groupId: group.id, name: group.name })
}

export function GroupGone(props: { error: unknown }): JSX.Element {
  onMount(() => {
    // Whoever was removed keeps none of its pictures.
    if (isRefusedWith(props.error, 'not_found')) void forgetPictures().catch(() => undefined)
  })
  const { session } = useShoebox()
  const location = useLocation()
  const text = () => (isGone(props.error) ? groupWords.gone : sentenceForError(props.error))
  return (
    <Show
      when={!session.isVisitor()}
      fallback={
        <Notice icon="group" title={groupWords.signInTitle} text={groupWords.signIn} isPage>
          <A class="button button-main" href={withNext('/sign-in', location.pathname)}>
            {screenWords.account.signIn}
          </A>
        </Notice>
      }
    >
      <Notice icon="group" title={screenWords.notHere.title} text={text()} alert isPage>
        <A class="button button-main" href="/groups">
          {groupWords.back}
        </A>
      </Notice>
    </Show>
  )
}
