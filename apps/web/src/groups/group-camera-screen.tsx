// The camera of a group: what is taken goes into its gallery, and nowhere else.
import { Navigate, useParams } from '@solidjs/router'
import { Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { CameraScreen } from '../camera/camera-screen.tsx'
import { screenWords } from '../words/screen-words.ts'
import { enterGroup, GroupGone, isLost, useGroup, type Found } from './group-query.tsx'

export function GroupCameraScreen(): JSX.Element {
  const params = useParams()
  const group = useGroup(() => params['groupId'])
  return (
    <Switch fallback={<p class="pulse py-20 text-center">{screenWords.viewer.loading}</p>}>
      <Match when={isLost(group)}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={group.data?.group.id} keyed>
        {(id) => (
          // A viewer's pictures would go to the public feed.
          <Show
            when={untrack(() => isAtLeast(group.data?.me.role ?? 'viewer', 'contributor') && group.data)}
            fallback={<Navigate href={`/g/${id}`} />}
          >
            {(found) => <GroupCamera found={found()} />}
          </Show>
        )}
      </Match>
    </Switch>
  )
}

function GroupCamera(props: { found: Found }): JSX.Element {
  const found = untrack(() => props.found)
  enterGroup(found)
  return <CameraScreen href={`/g/${found.group.id}`} />
}
