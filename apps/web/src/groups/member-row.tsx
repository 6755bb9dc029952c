import { createSignal, For, Show, type JSX } from 'solid-js'
import { mayGovern, type Role } from '@shoebox/shared/groups/roles.ts'
import { api, type Outputs } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import { PersonMenu } from '../safety/person-menu.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Choice } from '../ui/choice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { groupWords } from '../words/group-words.ts'
import { safetyWords } from '../words/safety-words.ts'
import { sentenceForError } from '../words/words.ts'
import { type Found } from './group-query.tsx'
import { renewGroup } from './renew-group.ts'

type Member = Outputs['groups']['members']['members'][number]

type MemberRowProps = { member: Member; group: Found['group']; me: Found['me']; onChanged: () => void }

/** The roles that an owner gives. */
const givenRoles = ['viewer', 'contributor', 'admin'] as const

export function MemberRow(props: MemberRowProps): JSX.Element {
  const { session } = useShoebox()
  const [asked, setAsked] = createSignal<'remove' | 'handOver' | null>(null)
  const isMe = () => session.user()?.id === props.member.id
  const governs = () => !isMe() && mayGovern(props.me.role, props.member.role)
  const isOwner = () => props.me.role === 'owner'
  const target = () => ({ groupId: props.group.id, userId: props.member.id })

  const change = async (work: Promise<unknown>, done: string) => {
    try {
      await work
      showToast(done)
    } catch (error) {
      showToast(sentenceForError(error))
    }
    renewGroup(props.group.id)
    props.onChanged()
  }
  const setRole = (role: Exclude<Role, 'owner'>) =>
    change(
      api.groups.setRole.mutate({ ...target(), role }),
      groupWords.roleChanged(props.member.name, groupWords.roles[role]),
    )

  return (
    <li class="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <Avatar name={props.member.name} avatar={props.member.avatar} sizePx={40} />
      <span class="min-w-0 flex-1">
        <span class="block truncate font-medium">
          {props.member.name}
          <Show when={isMe()}>
            <span class="text-soft"> ({groupWords.you})</span>
          </Show>
          <Show when={props.member.isBlocked}>
            <span class="ml-2 rounded-[6px] border border-line px-1.5 text-sm text-soft">{safetyWords.blockedTag}</span>
          </Show>
        </span>
        <span class="block text-sm text-soft">
          <Show when={!governs() || !isOwner()}>
            <span class="font-medium">{groupWords.roles[props.member.role]}</span>
            {' · '}
          </Show>
          {groupWords.items(props.member.itemCount)} · {groupWords.joinedOn(props.member.joinedAt)}
        </span>
      </span>
      <PersonMenu person={props.member} isBlocked={props.member.isBlocked} class="-mr-2 shrink-0 text-soft" />
      <Show when={governs()}>
        <span class="flex basis-full flex-wrap gap-2 wide:pl-13">
          <Show when={isOwner()}>
            <select
              class="select max-wide:basis-full"
              aria-label={groupWords.roleOf(props.member.name)}
              value={props.member.role}
              onChange={(event) => void setRole(event.currentTarget.value as Exclude<Role, 'owner'>)}
            >
              <For each={givenRoles}>
                {(role) => (
                  <option value={role} selected={props.member.role === role}>
                    {groupWords.roles[role]}
                  </option>
                )}
              </For>
            </select>
            <button
              type="button"
              class="button button-quiet max-wide:flex-1"
              aria-label={`${groupWords.handOver}: ${props.member.name}`}
              onClick={() => setAsked('handOver')}
            >
              {groupWords.handOver}
            </button>
          </Show>
          <button
            type="button"
            class="button button-quiet max-wide:flex-1"
            aria-label={groupWords.removeTitle(props.member.name)}
            onClick={() => setAsked('remove')}
          >
            {groupWords.remove}
          </button>
        </span>
      </Show>
      <Show when={asked() === 'handOver' && isOwner()}>
        <Sheet title={groupWords.handOverTitle(props.member.name)} onClose={() => setAsked(null)}>
          <p class="mb-5 text-soft">{groupWords.handOverWhat}</p>
          <button
            type="button"
            class="button button-main min-h-12 w-full"
            onClick={() => {
              setAsked(null)
              void change(api.groups.handOver.mutate(target()), groupWords.handedOver(props.member.name))
            }}
          >
            {groupWords.handOver}
          </button>
        </Sheet>
      </Show>
      <Show when={asked() === 'remove'}>
        <RemoveSheet
          name={props.member.name}
          onClose={() => setAsked(null)}
          onRemove={(items) => {
            setAsked(null)
            void change(api.groups.removeMember.mutate({ ...target(), items }), groupWords.removed(props.member.name))
          }}
        />
      </Show>
    </li>
  )
}

type Fate = 'keep' | 'withdraw'

function RemoveSheet(props: { name: string; onClose: () => void; onRemove: (items: Fate) => void }): JSX.Element {
  const [items, setItems] = createSignal<Fate>('keep')
  return (
    <Sheet title={groupWords.removeTitle(props.name)} onClose={props.onClose}>
      <div class="flex flex-col gap-5">
        <p class="text-soft">{groupWords.removeWhat}</p>
        <Choice
          legend={groupWords.theirItems}
          options={[
            { value: 'keep', name: groupWords.itemsStay },
            { value: 'withdraw', name: groupWords.itemsGo },
          ]}
          value={items()}
          onChoose={setItems}
        />
        <button type="button" class="button button-main min-h-12" onClick={() => props.onRemove(items())}>
          {groupWords.remove}
        </button>
      </div>
    </Sheet>
  )
}
