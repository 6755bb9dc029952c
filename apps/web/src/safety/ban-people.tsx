// The people's part of the desk: somebody is found by address or id, with what was done about them and what can be; below
// that, who is banned now.
import { useSearchParams } from '@solidjs/router'
import { createSignal, Show, untrack, type JSX } from 'solid-js'
import { isId } from '@shoebox/shared/ids.ts'
import { judgeEmail } from '../session/judge-form.ts'
import { TextField } from '../ui/text-field.tsx'
import { banWords } from '../words/ban-words.ts'
import { BanList } from './ban-list.tsx'
import { FoundPerson } from './ban-person.tsx'
import type { PersonKey } from './ban-queries.ts'

export function PeopleTab(): JSX.Element {
  // An address is nobody's business but the desk's: only ids are in the page's own.
  const [search, setSearch] = useSearchParams<{ id?: string; case?: string }>()
  const [email, setEmail] = createSignal<string>()
  const [typed, setTyped] = createSignal(untrack(() => search.id) ?? '')
  const [error, setError] = createSignal<string>()
  const key = (): PersonKey | null => {
    const address = email()
    if (address !== undefined) return { email: address }
    const id = search.id ?? ''
    return isId('user', id) ? { userId: id } : null
  }
  const caseId = () => {
    const text = search.case ?? ''
    return isId('case', text) ? text : null
  }
  const find = (event: SubmitEvent) => {
    event.preventDefault()
    const text = typed().trim().toLowerCase()
    const isWrong = !isId('user', text) && judgeEmail(text) !== undefined
    setError(isWrong ? banWords.searchWrong : undefined)
    if (isWrong) return
    if (isId('user', text)) open(text)
    else {
      setSearch({ id: null, case: null })
      setEmail(text)
    }
  }
  const open = (id: string) => {
    setEmail(undefined)
    setSearch({ id, case: null })
  }
  return (
    <div class="flex flex-col gap-8">
      <form class="flex max-w-160 items-start gap-2" novalidate role="search" onSubmit={find}>
        <div class="min-w-0 flex-1">
          <TextField
            label={banWords.searchLabel}
            name="person"
            autocomplete="off"
            value={typed()}
            onInput={(text) => {
              setTyped(text)
              setError(undefined)
            }}
            error={error()}
          />
        </div>
        <button type="submit" class="button button-main mt-7 min-h-12">
          {banWords.search}
        </button>
      </form>
      <Show when={key()} keyed>
        {(found) => <FoundPerson person={found} caseId={caseId()} />}
      </Show>
      <BanList onOpen={open} />
    </div>
  )
}
