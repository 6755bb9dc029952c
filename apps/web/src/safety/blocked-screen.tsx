// Whom one blocked. Who blocked oneself is told nowhere.
import { For, Match, Switch, type JSX } from 'solid-js'
import { OwnHead, OwnScreen } from '../account/own-screen.tsx'
import { api, type Outputs } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Notice } from '../ui/notice.tsx'
import { safetyWords } from '../words/safety-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { unblockPerson } from './block-person.ts'

type Blocked = Outputs['blocks']['list']['blocked'][number]

export function BlockedScreen(): JSX.Element {
  return <OwnScreen title={safetyWords.blockedTitle}>{() => <BlockedPeople />}</OwnScreen>
}

function BlockedPeople(): JSX.Element {
  const list = useQuery(
    // Asked anew on every visit, and kept for nobody who signs in next.
    () => ({ ...api.blocks.list.options(), staleTime: 0, gcTime: 0 }),
  )
  return (
    <>
      <OwnHead title={safetyWords.blockedTitle} lead={safetyWords.blockedLead} />
      <Switch fallback={<p class="pulse py-8 text-center text-soft">{screenWords.viewer.loading}</p>}>
        <Match when={list.data === undefined && list.error}>
          {(error) => (
            <Notice icon="warning" title={words.fault.title} text={sentenceForError(error())} alert>
              <button type="button" class="button button-main" onClick={() => void list.refetch()}>
                {words.fault.retry}
              </button>
            </Notice>
          )}
        </Match>
        <Match when={list.data?.blocked.length === 0}>
          <Notice icon="hide" title={safetyWords.noneTitle} text={safetyWords.none} />
        </Match>
        <Match when={list.data}>
          {(data) => (
            <ul aria-label={safetyWords.blockedTitle} class="rounded-box border border-line">
              <For each={data().blocked}>{(person) => <Row person={person} />}</For>
            </ul>
          )}
        </Match>
      </Switch>
    </>
  )
}

const Row = (props: { person: Blocked }): JSX.Element => (
  <li class="flex items-center gap-3 border-b border-line px-4 py-3 last:border-b-0">
    <Avatar name={props.person.name} avatar={props.person.avatar} sizePx={40} />
    <span class="min-w-0 flex-1">
      <span class="block truncate font-medium">{props.person.name}</span>
      <span class="block text-sm text-soft">{safetyWords.since(props.person.blockedAt)}</span>
    </span>
    <button
      type="button"
      class="button button-quiet"
      aria-label={safetyWords.unblockOne(props.person.name)}
      onClick={() => void unblockPerson(props.person)}
    >
      {safetyWords.unblock}
    </button>
  </li>
)
