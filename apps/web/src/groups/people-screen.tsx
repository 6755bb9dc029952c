// Who is in a group, who wants in, and by which invites. What one may change depends on one's role, and the server says
// no to the rest whatever is shown here.
import { A, useParams } from '@solidjs/router'
import { createSignal, For, Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { api, type Outputs } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { enterGroup, GroupGone, isLost, useGroup, type GroupId } from './group-query.tsx'
import { InviteSheet, type Invite } from './invite-sheet.tsx'
import { MemberRow } from './member-row.tsx'

type Found = Outputs['groups']['find']

export function PeopleScreen(): JSX.Element {
  const params = useParams()
  const group = useGroup(() => params['groupId'])
  useTitle(() => groupWords.peopleTitle)
  return (
    <Switch fallback={<p class="pulse py-20 text-center">{screenWords.viewer.loading}</p>}>
      <Match when={isLost(group)}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={group.data}>{(found) => <People found={found()} />}</Match>
    </Switch>
  )
}

function People(props: { found: Found }): JSX.Element {
  const [shown, setShown] = createSignal<Invite | 'new' | null>(null)
  const group = () => props.found.group
  enterGroup(untrack(() => props.found))
  const isAdmin = () => isAtLeast(props.found.me.role, 'admin')
  const members = useQuery(() => api.groups.members.options({ groupId: group().id }))
  return (
    <div class="mx-auto flex max-w-160 flex-col gap-8 px-4 pt-5 pb-16 wide:pt-7">
      <header class="flex flex-col gap-1">
        <A class="link-alone self-start" href={`/g/${group().id}`}>
          {group().name}
        </A>
        <div class="flex flex-wrap items-center gap-3">
          <h1 class="flex-1 text-2xl font-semibold tracking-tight">{groupWords.peopleTitle}</h1>
          <Show when={isAdmin()}>
            <button type="button" class="button button-main" onClick={() => setShown('new')}>
              <Icon name="plus" size={20} />
              {groupWords.invite}
            </button>
          </Show>
        </div>
      </header>
      <Show when={isAdmin()}>
        <Requests groupId={group().id} onAnswered={() => void members.refetch()} />
      </Show>
      <Switch>
        <Match when={members.isLoadingError}>
          <Notice icon="warning" title={words.fault.title} text={sentenceForError(members.error)} alert>
            <button type="button" class="button button-main" onClick={() => void members.refetch()}>
              {words.fault.retry}
            </button>
          </Notice>
        </Match>
        <Match when={members.data}>
          {(data) => (
            <ul class="rounded-box border border-line">
              <For each={data().members}>
                {(member) => (
                  <MemberRow
                    member={member}
                    group={group()}
                    me={props.found.me}
                    onChanged={() => void members.refetch()}
                  />
                )}
              </For>
            </ul>
          )}
        </Match>
      </Switch>
      <Show when={isAdmin()}>
        <Invites groupId={group().id} onShow={setShown} />
      </Show>
      <Show when={shown()}>
        {(what) => (
          <InviteSheet
            group={group()}
            invite={what() === 'new' ? undefined : (what() as Invite)}
            onClose={() => setShown(null)}
          />
        )}
      </Show>
    </div>
  )
}

function Requests(props: { groupId: GroupId; onAnswered: () => void }): JSX.Element {
  const list = useQuery(() => api.requests.list.options({ groupId: props.groupId }))
  type Request = Outputs['requests']['list']['requests'][number]
  const answer = async (request: Request, isAccepted: boolean) => {
    const target = { groupId: props.groupId, userId: request.userId }
    try {
      await (isAccepted ? api.requests.accept.mutate(target) : api.requests.decline.mutate(target))
      showToast(isAccepted ? groupWords.accepted(request.name) : groupWords.declined(request.name))
    } catch (error) {
      showToast(sentenceForError(error))
    }
    void list.refetch()
    props.onAnswered()
  }
  return (
    <Show when={(list.data?.requests.length ?? 0) > 0}>
      <section class="flex flex-col gap-3">
        <h2 class="text-lg font-semibold">{groupWords.requestsTitle}</h2>
        <ul class="rounded-box border border-accent">
          <For each={list.data?.requests}>
            {(request) => (
              <li class="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3 last:border-b-0">
                <Avatar name={request.name} avatar={request.avatar} sizePx={40} />
                <span class="min-w-30 flex-1 truncate font-medium">{request.name}</span>
                <span class="flex flex-wrap gap-3">
                  <button
                    type="button"
                    class="button button-quiet"
                    aria-label={groupWords.declineOne(request.name)}
                    onClick={() => void answer(request, false)}
                  >
                    {groupWords.decline}
                  </button>
                  <button
                    type="button"
                    class="button button-main"
                    aria-label={groupWords.acceptOne(request.name)}
                    onClick={() => void answer(request, true)}
                  >
                    {groupWords.accept}
                  </button>
                </span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}

function Invites(props: { groupId: GroupId; onShow: (invite: Invite) => void }): JSX.Element {
  const list = useQuery(() => api.invites.list.options({ groupId: props.groupId }))
  const revoke = async (invite: Invite) => {
    try {
      await api.invites.revoke.mutate({ groupId: props.groupId, inviteId: invite.id })
      showToast(groupWords.inviteRevoked)
    } catch (error) {
      showToast(sentenceForError(error))
    }
    void list.refetch()
  }
  return (
    <section class="flex flex-col gap-3">
      <h2 class="text-lg font-semibold">{groupWords.invitesTitle}</h2>
      <Show
        when={(list.data?.invites.length ?? 0) > 0}
        fallback={<p class="text-soft">{list.isPending ? screenWords.viewer.loading : groupWords.noInvites}</p>}
      >
        <ul class="rounded-box border border-line">
          <For each={list.data?.invites}>
            {(invite) => (
              <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-3 last:border-b-0">
                <span class="min-w-[min(11.25rem,100%)] flex-1">
                  <span class="block font-mono font-medium tracking-wider">{invite.code}</span>
                  <span class="block text-sm text-soft">
                    {[
                      groupWords.roles[invite.role],
                      groupWords.inviteUsed(invite.uses, invite.usesMax),
                      invite.state === 'open'
                        ? groupWords.inviteUntil(invite.expiresAt)
                        : groupWords.inviteState[invite.state],
                    ].join(' · ')}
                  </span>
                </span>
                <Show when={invite.state === 'open'}>
                  <span class="flex flex-wrap gap-3">
                    <button
                      type="button"
                      class="button button-quiet"
                      aria-label={`${groupWords.inviteRevoke} ${invite.code}`}
                      onClick={() => void revoke(invite)}
                    >
                      {groupWords.inviteRevoke}
                    </button>
                    <button
                      type="button"
                      class="button button-quiet"
                      aria-label={`${groupWords.inviteShare} ${invite.code}`}
                      onClick={() => props.onShow(invite)}
                    >
                      {groupWords.inviteShare}
                    </button>
                  </span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}
