// What there was about a person before: a first report is judged otherwise than a tenth.
import { For, Show, type JSX } from 'solid-js'
import type { Outputs } from '../api/client.ts'
import { deskWords } from '../words/desk-words.ts'
import { reportWords } from '../words/report-words.ts'
import { screenWords } from '../words/screen-words.ts'

type History = Outputs['desk']['case']['history']
type Line = { readonly at: string; readonly what: string; readonly why: string }

const day = (moment: string): string => new Date(moment).toLocaleDateString(undefined, { dateStyle: 'medium' })

/** Of all kinds, the latest first. */
const linesOf = ({ cases, warnings, bans }: History): Line[] =>
  [
    ...cases.map(({ state, subjectKind, isSameSubject, reasons, openedAt, decidedAt }) => ({
      at: decidedAt ?? openedAt,
      what: [deskWords.states[state], deskWords.kinds[subjectKind], isSameSubject ? deskWords.sameSubject : '']
        .filter((text) => text !== '')
        .join(' · '),
      why: reasons.map((reason) => reportWords.reasons[reason]).join(', '),
    })),
    ...warnings.map(({ reason, at }) => ({ at, what: deskWords.warned, why: reason })),
    ...bans.map(({ reason, at, endsAt, liftedAt }) => ({
      at,
      what: [
        deskWords.banned,
        endsAt === null ? '' : deskWords.bannedUntil(day(endsAt)),
        liftedAt === null ? '' : deskWords.lifted,
      ]
        .filter((text) => text !== '')
        .join(' · '),
      why: reason,
    })),
  ].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))

export function CaseHistory(props: { name: string; history: History }): JSX.Element {
  const lines = () => linesOf(props.history)
  return (
    <section class="flex flex-col gap-2">
      <h3 class="font-semibold">{deskWords.historyTitle(props.name)}</h3>
      <Show when={lines().length > 0} fallback={<p class="text-soft">{deskWords.noHistory}</p>}>
        <ul class="flex flex-col gap-2">
          <For each={lines()}>
            {(line) => (
              <li>
                <p class="flex flex-wrap items-baseline gap-x-2">
                  <span class="font-medium">{line.what}</span>
                  <time class="text-sm text-soft" dateTime={line.at}>
                    {screenWords.units.ago((Date.now() - Date.parse(line.at)) / 1000)}
                  </time>
                </p>
                <p class="text-soft wrap-anywhere">{line.why}</p>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}
