// What admins did in a group, for its admins.
import { A, useParams } from '@solidjs/router'
import { Match, Show, Switch, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { GroupGone, isLost, useGroup } from '../groups/group-query.tsx'
import { Notice } from '../ui/notice.tsx'
import { useTitle } from '../ui/use-title.ts'
import { auditWords } from '../words/audit-words.ts'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForRefusal } from '../words/words.ts'
import { AuditLog } from './audit-log.tsx'

export function GroupActivityScreen(): JSX.Element {
  const params = useParams()
  const group = useGroup(() => params['groupId'])
  useTitle(() => auditWords.title)
  return (
    <Switch fallback={<p class="pulse py-20 text-center">{screenWords.viewer.loading}</p>}>
      <Match when={isLost(group)}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={group.data}>
        {(found) => (
          <div class="mx-auto flex max-w-160 flex-col gap-5 px-4 pt-5 pb-16 wide:pt-7">
            <header class="flex flex-col gap-1">
              <A class="link-alone self-start" href={`/g/${found().group.id}/settings`}>
                {groupWords.settingsTitle}
              </A>
              <h1 class="text-2xl font-semibold tracking-tight">{auditWords.title}</h1>
              <p class="text-soft">{auditWords.lead}</p>
            </header>
            <Show
              when={isAtLeast(found().me.role, 'admin')}
              fallback={
                <Notice
                  icon="group"
                  title={screenWords.notHere.title}
                  text={sentenceForRefusal({ code: 'role_too_low' })}
                >
                  <A class="button button-main" href={`/g/${found().group.id}`}>
                    {found().group.name}
                  </A>
                </Notice>
              }
            >
              <AuditLog source={{ kind: 'group', groupId: found().group.id }} />
            </Show>
          </div>
        )}
      </Match>
    </Switch>
  )
}
