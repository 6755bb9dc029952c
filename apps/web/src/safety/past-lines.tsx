// What was done about somebody before, the latest first: at a case and at a person.
import { For, Show, type JSX } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import { screenWords } from '../words/screen-words.ts'

export type PastLine = { readonly at: string; readonly what: string; readonly why: string }

export function PastLines(props: { title: string; none: string; lines: readonly PastLine[] }): JSX.Element {
  const latestFirst = () => props.lines.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
  return (
    <section class="flex flex-col gap-2">
      <h3 class="font-semibold">{props.title}</h3>
      <Show when={props.lines.length > 0} fallback={<p class="text-soft">{props.none}</p>}>
        <ul class="flex flex-col gap-2">
          <For each={latestFirst()}>
            {(line) => (
              <li>
                <p class="flex flex-wrap items-baseline gap-x-2">
                  <span class="font-medium">{line.what}</span>
                  <time class="text-sm text-soft" dateTime={line.at}>
                    {screenWords.units.ago((serverNow() - Date.parse(line.at)) / 1000)}
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
