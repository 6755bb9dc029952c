// Which role somebody has on the site. For administrators: to moderators there is nothing to choose.
import { createUniqueId, For, Show, type JSX } from 'solid-js'
import { siteRoles, type SiteRole } from '@shoebox/shared/account/site-roles.ts'
import { useProfile } from '../account/profile-query.ts'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import type { User } from '../session/session.ts'
import { banWords } from '../words/ban-words.ts'
import { doAndTell, type Found } from './ban-queries.ts'

type RoleChoiceProps = { person: Pick<Found['person'], 'id' | 'role'> }

export function RoleChoice(props: RoleChoiceProps): JSX.Element {
  const { session } = useShoebox()
  return <Show when={session.user()}>{(me) => <Choice {...props} me={me()} />}</Show>
}

function Choice(props: RoleChoiceProps & { me: User }): JSX.Element {
  const id = createUniqueId()
  const profile = useProfile(() => props.me)
  const set = async (select: HTMLSelectElement) => {
    const role = siteRoles.find((one) => one === select.value) ?? props.person.role
    const isSet = await doAndTell(api.admin.setRole.mutate({ userId: props.person.id, role }), banWords.roleSet(role))
    // What was not done is not shown as if it were.
    if (!isSet) select.value = props.person.role
  }
  return (
    <Show
      when={profile.data?.role === 'administrator'}
      fallback={
        <Show when={props.person.role !== 'member'}>
          <p class="text-soft">{banWords.roles[props.person.role]}</p>
        </Show>
      }
    >
      <div class="flex flex-wrap items-center gap-3">
        <label for={id} class="font-medium">
          {banWords.role}
        </label>
        <select
          id={id}
          class="select text-base"
          value={props.person.role}
          onChange={(event) => void set(event.currentTarget)}
        >
          <For each={siteRoles}>
            {(role: SiteRole) => (
              <option value={role} selected={role === props.person.role}>
                {banWords.roles[role]}
              </option>
            )}
          </For>
        </select>
      </div>
    </Show>
  )
}
