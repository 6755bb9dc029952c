// The camera of a group: what is taken goes into its gallery, and nowhere else.
import { Navigate, useParams } from '@solidjs/router'
import { Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { CameraScreen } from '../camera/camera-screen.tsx'
import { words } from '../words/words.ts'
import { enterGroup, GroupGone, useGroup, type Found } from './group-query.tsx'
import { dataOf } from '../api/data-of.ts'

export function GroupCameraScreen(): JSX.Element {
  const params = useParams()
  const group = useGroup(() => params['groupId'])
  return (
    <Switch fallback={<p class="pulse py-20 text-center">{words.viewer.loading}</p>}>
      <Match when={group.isError}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={dataOf(group)?.group.id} keyed>
        {(id) => (
          // A viewer's pictures would go to the public feed.
          <Show
            when={untrack(() => isAtLeast(dataOf(group)?.me.role ?? 'viewer', 'contributor') && dataOf(group))}
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
