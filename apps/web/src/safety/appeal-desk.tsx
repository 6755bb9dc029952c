// The appeals' part of the desk: those that wait, the oldest first, and those that were answered.
import { A } from '@solidjs/router'
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import type { AppealOutcome } from '@shoebox/shared/safety/bans.ts'
import { serverNow } from '../api/server-clock.ts'
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useInfiniteQuery } from '../api/use-query.ts'
import { Notice } from '../ui/notice.tsx'
import { PageList } from '../ui/page-list.tsx'
import { showToast } from '../ui/toasts.tsx'
import { banWords } from '../words/ban-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { createReason, ReasonField } from './ban-reason.tsx'
import { sentenceForDesk } from './desk-access.ts'

type Page = Outputs['appeals']['list']
type Appeal = Page['appeals'][number]

const renew = () => queryClient.invalidateQueries({ queryKey: ['appeals.list'] })

const useAppeals = (isOpen: () => boolean) =>
  useInfiniteQuery(() => ({
    queryKey: ['appeals.list', isOpen()],
    queryFn: ({ pageParam: cursor }: { pageParam: string | null }) =>
      api.appeals.list.query({ isOpen: isOpen(), ...(cursor === null ? {} : { cursor }) }),
    initialPageParam: null,
    getNextPageParam: (page: Page) => page.nextCursor,
    staleTime: 0,
    gcTime: 0,
  }))

export function AppealsTab(): JSX.Element {
  const [isOpen, setOpen] = createSignal(true)
  const list = useAppeals(isOpen)
  return (
    <div class="flex flex-col gap-5">
      <div class="flex self-start rounded-box border border-line" role="group" aria-label={banWords.appealsShown}>
        <For each={[true, false]}>
          {(shown) => (
            <button
              type="button"
              class="min-h-11 px-3 font-medium first:rounded-l-box last:rounded-r-box"
              classList={{ 'bg-ink text-paper': isOpen() === shown, 'text-soft hover:text-ink': isOpen() !== shown }}
              aria-pressed={isOpen() === shown}
              onClick={() => setOpen(shown)}
            >
              {shown ? banWords.waiting : banWords.answered}
            </button>
          )}
        </For>
      </div>
      <PageList
        list={list}
        items={list.data?.pages.flatMap((page) => page.appeals) ?? []}
        failedTitle={banWords.failedTitle}
        sentenceFor={sentenceForDesk}
        empty={
          <Notice
            icon="check"
            title={isOpen() ? banWords.noAppealsTitle : banWords.noAnsweredTitle}
            text={isOpen() ? banWords.noAppeals : banWords.noAnswered}
          />
        }
      >
        {(shown) => (
          <ul class="flex flex-col gap-4">
            <For each={shown()}>{(appeal) => <AppealCard appeal={appeal} />}</For>
          </ul>
        )}
      </PageList>
    </div>
  )
}

function AppealCard(props: { appeal: Appeal }): JSX.Element {
  const name = () => props.appeal.name ?? banWords.someone
  const title = () => (props.appeal.subject === 'ban' ? banWords.againstBan(name()) : banWords.againstItem(name()))
  return (
    <li class="flex max-w-200 flex-col gap-3 rounded-box border border-line p-4" aria-label={title()}>
      <header class="flex flex-wrap items-baseline gap-x-3">
        <h2 class="font-semibold wrap-anywhere">{title()}</h2>
        <time class="text-sm text-soft" dateTime={props.appeal.createdAt}>
          {screenWords.units.ago((serverNow() - Date.parse(props.appeal.createdAt)) / 1000)}
        </time>
      </header>
      <blockquote class="border-l-3 border-line pl-4 whitespace-pre-line wrap-anywhere">{props.appeal.text}</blockquote>
      <Against appeal={props.appeal} />
      <Show when={props.appeal.decision} fallback={<Answer appeal={props.appeal} />}>
        {(decision) => (
          <p class="wrap-anywhere">
            <span class="font-medium">{banWords.outcomes[decision().outcome]}</span> ·{' '}
            <span class="text-sm text-soft">{banWords.by(decision().by, decision().at)}</span>
            <span class="block">{decision().answer}</span>
          </p>
        )}
      </Show>
    </li>
  )
}

/** What the appeal is against, and the way to all that is known of it. */
const Against = (props: { appeal: Appeal }): JSX.Element => (
  <Switch fallback={<p class="text-soft">{banWords.noCase}</p>}>
    <Match when={props.appeal.ban}>
      {(ban) => (
        <div class="wrap-anywhere">
          <A class="link-alone font-medium" href={`/desk/people?id=${props.appeal.userId}`}>
            {banWords.theBan}
          </A>
          <p>{ban().reason}</p>
          <p class="text-sm text-soft">
            {banWords.until(ban().endsAt)} · {banWords.by(ban().by, ban().bannedAt)}
          </p>
        </div>
      )}
    </Match>
    <Match when={props.appeal.case}>
      {(found) => (
        <A class="link-alone self-start" href={`/desk?case=${found().id}`}>
          {banWords.theCase}
        </A>
      )}
    </Match>
  </Switch>
)

function Answer(props: { appeal: Appeal }): JSX.Element {
  const answer = createReason()
  const [isBusy, setBusy] = createSignal(false)
  const decide = async (outcome: AppealOutcome) => {
    setBusy(true)
    try {
      await api.appeals.decide.mutate({ appealId: props.appeal.id, outcome, answer: answer.value() })
      showToast(banWords.decided[outcome])
    } catch (error) {
      showToast(sentenceForDesk(error))
    }
    await renew()
    setBusy(false)
  }
  return (
    <Show when={!props.appeal.isForOthers} fallback={<p class="text-soft">{banWords.isForOthers}</p>}>
      <div class="flex flex-col gap-3">
        <ReasonField reason={answer} label={banWords.answer} hint={banWords.answerHint} />
        <div class="flex flex-wrap gap-2">
          <For each={['granted', 'denied'] as const}>
            {(outcome) => (
              <button
                type="button"
                class="button button-quiet"
                disabled={isBusy() || !answer.isFit()}
                onClick={() => void decide(outcome)}
              >
                {outcome === 'granted' ? banWords.grant : banWords.deny}
              </button>
            )}
          </For>
        </div>
      </div>
    </Show>
  )
}
