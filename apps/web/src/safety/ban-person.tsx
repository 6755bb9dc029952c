// Somebody at the desk: who they are, what was done about them, and what can be.
import { A } from '@solidjs/router'
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import type { CaseId } from '@shoebox/shared/ids.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { Notice } from '../ui/notice.tsx'
import { banWords } from '../words/ban-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import { LiftButton } from './ban-list.tsx'
import { usePerson, type Found, type PersonKey } from './ban-queries.ts'
import { RoleChoice } from './ban-role.tsx'
import { BanSheet } from './ban-sheet.tsx'
import { sentenceForDesk } from './desk-access.ts'
import { WarnSheet } from './ban-warn-sheet.tsx'
import { PastLines } from './past-lines.tsx'

type FoundPersonProps = {
  person: PersonKey
  /** The report that led here: it is decided by a ban or a warning. */
  caseId: CaseId | null
}

export function FoundPerson(props: FoundPersonProps): JSX.Element {
  const found = usePerson(() => props.person)
  return (
    <Switch fallback={<p class="pulse py-12 text-center text-soft">{screenWords.viewer.loading}</p>}>
      <Match when={isRefusedWith(found.error, 'not_found')}>
        <Notice icon="you" title={banWords.notFoundTitle} text={banWords.notFound} />
      </Match>
      <Match when={found.data === undefined && found.error}>
        {(error) => (
          <Notice icon="warning" title={banWords.failedTitle} text={sentenceForDesk(error())} alert>
            <button type="button" class="button button-main" onClick={() => void found.refetch()}>
              {words.fault.retry}
            </button>
          </Notice>
        )}
      </Match>
      <Match when={found.data}>{(data) => <Person found={data()} caseId={props.caseId} />}</Match>
    </Switch>
  )
}

function Person(props: { found: Found; caseId: CaseId | null }): JSX.Element {
  const [sheet, setSheet] = createSignal<'ban' | 'warn'>()
  const person = () => props.found.person
  const inForce = () => props.found.bans.find((ban) => ban.isInForce)
  const about = () => ({ userId: person().id, name: person().name, caseId: props.caseId })
  return (
    <article class="flex flex-col gap-5 rounded-box border border-line p-4 wide:p-5" aria-label={person().name}>
      <header class="flex flex-col gap-1">
        <h2 class="text-xl font-semibold tracking-tight wrap-anywhere">{person().name}</h2>
        <p class="wrap-anywhere">{person().email}</p>
        <p class="text-sm text-soft">
          {banWords.since(person().createdAt)} · {banWords.counts(person().items, person().groups)} ·{' '}
          {banWords.cases(person().cases, person().upheld)}
        </p>
        <p class="flex flex-wrap items-center gap-x-4 text-sm text-soft">
          <code class="wrap-anywhere">{person().id}</code>
          <A class="link-alone" href={`/u/${person().id}`}>
            {banWords.page}
          </A>
        </p>
      </header>
      <Show when={inForce()}>
        {(ban) => (
          <div class="flex flex-wrap items-center justify-between gap-3 rounded-box border border-bad px-4 py-3">
            <p class="min-w-0 flex-1 basis-60">
              <span class="font-medium text-bad">{banWords.inForce}</span> · {banWords.until(ban().endsAt)}
              <span class="block text-soft wrap-anywhere">{ban().reason}</span>
            </p>
            <LiftButton ban={ban()} />
          </div>
        )}
      </Show>
      <Show when={props.found.isBannable} fallback={<p class="text-soft">{banWords.notBannable}</p>}>
        <Show when={inForce() === undefined}>
          <div class="flex flex-wrap gap-2">
            <button type="button" class="button button-quiet" onClick={() => setSheet('warn')}>
              {banWords.warn}
            </button>
            <button type="button" class="button button-quiet border-bad text-bad" onClick={() => setSheet('ban')}>
              {banWords.ban}
            </button>
          </div>
        </Show>
      </Show>
      <Show when={inForce() === undefined}>
        <RoleChoice person={person()} />
      </Show>
      <History found={props.found} />
      <Show when={sheet() === 'ban'}>
        <BanSheet {...about()} onClose={() => setSheet(undefined)} />
      </Show>
      <Show when={sheet() === 'warn'}>
        <WarnSheet {...about()} onClose={() => setSheet(undefined)} />
      </Show>
    </article>
  )
}

/** Bans that are over, and warnings. */
function History(props: { found: Found }): JSX.Element {
  const lines = () => [
    ...props.found.bans
      .filter((ban) => !ban.isInForce)
      .map(({ bannedAt: at, reason: why, liftedAt, endsAt }) => ({
        at,
        why,
        what: `${banWords.over} · ${liftedAt === null ? banWords.until(endsAt) : banWords.liftedOn(liftedAt)}`,
      })),
    ...props.found.warnings.map(({ warnedAt: at, reason: why, acknowledgedAt }) => ({
      at,
      why,
      what: `${banWords.warned} · ${acknowledgedAt === null ? banWords.unread : banWords.read}`,
    })),
  ]
  return <PastLines title={banWords.historyTitle} none={banWords.noHistory} lines={lines()} />
}
