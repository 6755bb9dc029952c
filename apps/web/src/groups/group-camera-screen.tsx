// The camera of a group: what is taken goes into its gallery, and nowhere else.
import { Navigate, useParams } from '@solidjs/router'
import { Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { CameraScreen } from '../camera/camera-screen.tsx'
import { words } from '../words/words.ts'
import { enterGroup, GroupGone, useGroup, type Found } from './group-query.tsx'

export function GroupCameraScreen(): JSX.Element {
  const params = useParams()
  const group = useGroup(() => params['groupId'])
  return (
    <Switch fallback={<p class="pulse py-20 text-center">{words.viewer.loading}</p>}>
      <Match when={group.isError}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={group.data?.group.id} keyed>
        {(_id) => <Show when={untrack(() => group.data)}>{(found) => <GroupCamera found={found()} />}</Show>}
      </Match>
    </Switch>
  )
}

function GroupCamera(props: { found: Found }): JSX.Element {
  const { group, me } = untrack(() => props.found)
  // A viewer's pictures would go to the public feed.
  if (!isAtLeast(me.role, 'contributor')) return <Navigate href={`/g/${group.id}`} />
  enterGroup(untrack(() => props.found))
  return <CameraScreen href={`/g/${group.id}`} />
}
