// One part of a bulk download: how it stands, what can be done about it, and what is missing in it.
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { Icon } from '../ui/icon.tsx'
import { downloadsWords } from '../words/downloads-words.ts'
import { uploadWords } from '../words/upload-words.ts'
import { words } from '../words/words.ts'
import type { Part } from './download-part.ts'
import type { Downloads } from './downloads.ts'
import { savedOf } from './sum-progress.ts'

/** More than anybody reads; the manifest in the zip has all of them. */
const listedMax = 200

export function PartRow(props: { downloads: Downloads; part: Part }): JSX.Element {
  const state = () => props.downloads.stateOf(props.part)
  const name = () => downloadsWords.part(props.part.number)
  const share = () => (props.part.bytes === 0 ? 0 : savedOf(props.downloads, props.part) / props.part.bytes)
  const isBad = () => state() === 'broken' || state() === 'not_started'
  const said = () => {
    const size = downloadsWords.partFiles(props.part.files.length, words.units.size(props.part.bytes))
    const percent =
      state() === 'running' || state() === 'paused' ? ` ${downloadsWords.percent(Math.floor(share() * 100))}` : ''
    return `${downloadsWords.states[state()]}${percent} · ${size}`
  }
  return (
    <li class="px-4 py-1.5" data-state={state()}>
      <div class="flex min-h-11 items-center gap-3">
        <div class="min-w-0 flex-1">
          <p class="font-medium">{name()}</p>
          <p class="text-sm tabular-nums" classList={{ 'text-bad': isBad(), 'text-soft': !isBad() }}>
            <Show when={state() === 'done' && props.part.failures.length === 0}>
              <Icon name="check" size={16} class="mr-1 inline text-good" />
            </Show>
            {said()}
          </p>
        </div>
        <PartAction downloads={props.downloads} part={props.part} name={name()} />
      </div>
      <Show when={state() === 'running' || state() === 'paused'}>
        <div class="mt-0.5 h-1 overflow-hidden rounded-full bg-sunken">
          <div class="h-full origin-left bg-accent transition-transform" style={{ transform: `scaleX(${share()})` }} />
        </div>
      </Show>
      <Show when={isBad()}>
        <p class="text-sm text-soft">
          {state() === 'broken' ? downloadsWords.brokenWhat : downloadsWords.notStartedWhat}
        </p>
      </Show>
      <Show when={props.part.failures.length > 0}>
        <Missing downloads={props.downloads} part={props.part} name={name()} />
      </Show>
    </li>
  )
}

function PartAction(props: { downloads: Downloads; part: Part; name: string }): JSX.Element {
  const state = () => props.downloads.stateOf(props.part)
  return (
    <Switch>
      <Match when={state() === 'running'}>
        <Action
          name={downloadsWords.pause(props.name)}
          text={uploadWords.pause}
          onClick={() => props.downloads.pause(props.part)}
        />
      </Match>
      <Match when={state() === 'paused'}>
        <Action
          name={downloadsWords.resume(props.name)}
          text={uploadWords.resume}
          onClick={() => props.downloads.resume(props.part)}
        />
      </Match>
      <Match when={state() === 'broken'}>
        <Action
          name={downloadsWords.again(props.name)}
          text={downloadsWords.againShort}
          onClick={() => props.downloads.save(props.part)}
        />
      </Match>
      <Match when={state() === 'not_started' || (state() === 'waiting' && !props.downloads.isSaving())}>
        <Action
          name={downloadsWords.start(props.name)}
          text={downloadsWords.startShort}
          onClick={() => props.downloads.save(props.part)}
        />
      </Match>
    </Switch>
  )
}

const Action = (props: { name: string; text: string; onClick: () => void }): JSX.Element => (
  <button type="button" class="link min-h-11 shrink-0" aria-label={props.name} onClick={() => props.onClick()}>
    {props.text}
  </button>
)

function Missing(props: { downloads: Downloads; part: Part; name: string }): JSX.Element {
  return (
    <div class="mt-1 rounded-box bg-sunken px-3 py-1 text-sm">
      <details>
        <summary class="flex min-h-11 cursor-pointer items-center gap-2 text-bad">
          <Icon name="warning" size={16} class="shrink-0" />
          {downloadsWords.missing(props.part.failures.length)}
        </summary>
        <ul class="max-h-40 overflow-y-auto pb-2" tabindex="0" aria-label={downloadsWords.missingList(props.name)}>
          <For each={props.part.failures.slice(0, listedMax)}>
            {(failure) => (
              <li class="py-1">
                <p class="wrap-anywhere">{failure.name}</p>
                <p class="text-soft">
                  {downloadsWords.reasons[failure.reason]}
                  {failure.bytesInZip > 0 ? ` ${downloadsWords.inZip(words.units.size(failure.bytesInZip))}` : ''}
                </p>
              </li>
            )}
          </For>
        </ul>
      </details>
      <Show when={!props.downloads.isSaving()}>
        <button type="button" class="link min-h-11" onClick={() => void props.downloads.retryMissing(props.part)}>
          {downloadsWords.retryMissing}
        </button>
      </Show>
    </div>
  )
}
