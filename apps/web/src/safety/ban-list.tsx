// Who is banned now, the latest first, with reason and dates.
import { For, Show, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { Notice } from '../ui/notice.tsx'
import { PageList } from '../ui/page-list.tsx'
import { banWords } from '../words/ban-words.ts'
import { doAndTell, useBans, type Ban } from './ban-queries.ts'
import { sentenceForDesk } from './desk-access.ts'

export function BanList(props: { onOpen: (userId: string) => void }): JSX.Element {
  const list = useBans()
  return (
    <section class="flex flex-col gap-3">
      <h2 class="text-lg font-semibold">{banWords.bannedTitle}</h2>
      <PageList
        list={list}
        items={list.data?.pages.flatMap((page) => page.bans) ?? []}
        failedTitle={banWords.failedTitle}
        sentenceFor={sentenceForDesk}
        empty={<Notice icon="check" title={banWords.emptyTitle} text={banWords.empty} />}
      >
        {(shown) => (
          <ul aria-label={banWords.bannedTitle} class="rounded-box border border-line">
            <For each={shown()}>{(ban) => <BanRow ban={ban} onOpen={props.onOpen} />}</For>
          </ul>
        )}
      </PageList>
    </section>
  )
}

const BanRow = (props: { ban: Ban; onOpen: (userId: string) => void }): JSX.Element => (
  <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
    <div class="min-w-0 flex-1 basis-60">
      <Show when={props.ban.name} fallback={<p class="font-medium">{banWords.accountGone}</p>}>
        {(name) => (
          <button
            type="button"
            class="link min-h-11 max-w-full truncate text-left font-medium"
            aria-label={banWords.open(name())}
            onClick={() => props.onOpen(props.ban.userId)}
          >
            {name()}
          </button>
        )}
      </Show>
      <p class="wrap-anywhere">{props.ban.reason}</p>
      <p class="text-sm text-soft">
        {banWords.until(props.ban.endsAt)} · {banWords.by(props.ban.bannedBy, props.ban.bannedAt)} ·{' '}
        {banWords.itemsOf[props.ban.items]}
      </p>
    </div>
    <LiftButton ban={props.ban} />
  </li>
)

export const LiftButton = (props: { ban: Pick<Ban, 'id'> }): JSX.Element => (
  <button
    type="button"
    class="button button-quiet"
    onClick={() => void doAndTell(api.bans.lift.mutate({ banId: props.ban.id }), banWords.lifted)}
  >
    {banWords.lift}
  </button>
)
