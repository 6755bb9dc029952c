// What goes with an account, and what may stay: who owns a group then, and what becomes of items in groups.
import { createUniqueId, For, Show, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useShoebox } from '../compose.ts'
import { Choice } from '../ui/choice.tsx'
import { accountWords } from '../words/account-words.ts'
import { words as allWords } from '../words/words.ts'
import {
  countItemsLeft,
  fateOf,
  type Choices,
  type GroupFate,
  type OwnedGroup,
  type Preview,
} from './deletion-choices.ts'

const words = accountWords.data

type LeavingsProps = { preview: Preview; choices: Choices; onChoose: (choices: Choices) => void }

export function Leavings(props: LeavingsProps): JSX.Element {
  const itemsLeft = () => countItemsLeft(props.preview, props.choices)
  return (
    <>
      <p class="text-soft">
        {words.deleteWhat(props.preview.items, allWords.units.size(props.preview.bytes))} {words.deleteReceipt}
      </p>
      <Show when={props.preview.ownedGroups.length > 0}>
        <h3 class="mt-2 font-medium">{words.ownedTitle}</h3>
        <ul class="rounded-box border border-line">
          <For each={props.preview.ownedGroups}>
            {(group) => (
              <OwnedGroupRow
                group={group}
                fate={fateOf(group, props.choices)}
                onChoose={(fate) =>
                  props.onChoose({ ...props.choices, fates: { ...props.choices.fates, [group.id]: fate } })
                }
              />
            )}
          </For>
        </ul>
      </Show>
      <Show when={itemsLeft() > 0}>
        <div class="mt-2">
          <Choice
            legend={words.itemsLeft(itemsLeft())}
            options={(['delete', 'handOver'] as const).map((value) => ({ value, ...words.itemFates[value] }))}
            value={props.choices.items}
            onChoose={(items) => props.onChoose({ ...props.choices, items })}
          />
        </div>
      </Show>
    </>
  )
}

function OwnedGroupRow(props: {
  group: OwnedGroup
  fate: GroupFate
  onChoose: (fate: GroupFate) => void
}): JSX.Element {
  const id = createUniqueId()
  return (
    <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
      <label for={id} class="min-w-[min(10rem,100%)] flex-1">
        <span class="block font-medium wrap-anywhere">{props.group.name}</span>
        <span class="block text-sm text-soft">{words.others(props.group.memberCount - 1)}</span>
      </label>
      <Show when={props.group.successor} fallback={<span class="text-sm text-soft">{words.endsAlone}</span>}>
        {(successor) => <FateSelect {...props} id={id} successor={successor()} />}
      </Show>
    </li>
  )
}

type FateSelectProps = {
  id: string
  group: OwnedGroup
  successor: NonNullable<OwnedGroup['successor']>
  fate: GroupFate
  onChoose: (fate: GroupFate) => void
}

function FateSelect(props: FateSelectProps): JSX.Element {
  const { session } = useShoebox()
  const members = useQuery(() => api.groups.members.options({ groupId: props.group.id }))
  const heirs = () => [
    props.successor,
    ...(members.data?.members ?? []).filter(({ id }) => id !== props.successor.id && id !== session.user()?.id),
  ]
  return (
    <select
      id={props.id}
      class="select max-w-full"
      onChange={(event) => props.onChoose(event.currentTarget.value as GroupFate)}
    >
      <For each={heirs()}>
        {(heir) => (
          <option value={heir.id} selected={props.fate === heir.id}>
            {words.handOverTo(heir.name)}
          </option>
        )}
      </For>
      <option value="end" selected={props.fate === 'end'}>
        {words.endGroup}
      </option>
    </select>
  )
}
