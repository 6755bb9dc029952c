import { Match, Show, Switch, type JSX } from 'solid-js'
import { findMediaType, mediaFormats } from '@shoebox/shared/media/kinds.ts'
import { useShoebox } from '../compose.ts'
import { Icon } from '../ui/icon.tsx'
import { sentenceForRefusal, words } from '../words/words.ts'
import { FileThumb } from './file-thumb.tsx'
import { isActive, isDuplicate, type UploadItem } from './upload-item.ts'

const labelOf = (mimeName: string): string => {
  const type = findMediaType(mimeName)
  return type === null ? mimeName : mediaFormats[type].label
}

/** What happened to a file and what to do about it. */
function explain(item: UploadItem): string | null {
  if (item.trouble !== null) return item.trouble === 'unreadable' ? words.upload.unreadable : words.upload.failed
  if (item.refusal !== null) {
    const sentence = sentenceForRefusal(item.refusal)
    return item.detectedType === null ? sentence : `${words.upload.foundType(labelOf(item.detectedType))} ${sentence}`
  }
  return item.isSlow ? words.upload.slow : null
}

export function UploadRow(props: { item: UploadItem }): JSX.Element {
  const { uploads } = useShoebox()
  const isBad = () => props.item.state === 'refused' || props.item.state === 'failed'
  const share = () => (props.item.file.size === 0 ? 0 : props.item.sentBytes / props.item.file.size)

  return (
    <li class="flex items-start gap-3 px-4 py-2" data-state={props.item.state}>
      <FileThumb item={props.item} />
      <div class="min-w-0 flex-1">
        <p class="truncate font-medium" title={props.item.file.name}>
          {props.item.file.name}
        </p>
        <p class="flex items-center gap-1 text-sm" classList={{ 'text-bad': isBad(), 'text-soft': !isBad() }}>
          <Show when={props.item.state === 'ready'}>
            <Icon name="check" size={16} class="text-good" />
          </Show>
          {words.upload.states[props.item.state]}
          <Show when={props.item.state === 'sending'}>
            <span class="tabular-nums">{words.upload.percent(Math.floor(share() * 100))}</span>
          </Show>
          <span aria-hidden="true">·</span>
          <span class="tabular-nums">{words.units.size(props.item.file.size)}</span>
        </p>
        <Show when={props.item.state === 'sending'}>
          <div class="mt-1 h-1 overflow-hidden rounded-full bg-sunken">
            <div
              class="h-full origin-left bg-accent transition-transform"
              style={{ transform: `scaleX(${share()})` }}
            />
          </div>
        </Show>
        <Show when={props.item.state === 'received' || props.item.state === 'inspecting'}>
          <div class="pulse mt-1 h-1 rounded-full bg-accent" />
        </Show>
        <Show when={explain(props.item)}>{(text) => <p class="mt-0.5 text-sm text-soft">{text()}</p>}</Show>
        <Show when={isDuplicate(props.item)}>
          <button
            type="button"
            class="link min-h-11 text-sm"
            aria-label={words.upload.addAnywayLong(props.item.file.name)}
            onClick={() => uploads.addAnyway(props.item.key)}
          >
            {words.upload.addAnyway}
          </button>
        </Show>
      </div>
      <Switch>
        <Match when={props.item.state === 'failed'}>
          <button
            type="button"
            class="button-icon -mr-2"
            aria-label={words.upload.retry(props.item.file.name)}
            onClick={() => uploads.retry([props.item.key])}
          >
            <Icon name="retry" size={20} />
          </button>
        </Match>
        <Match when={isActive(props.item.state)}>
          <button
            type="button"
            class="button-icon -mr-2"
            aria-label={words.upload.cancel(props.item.file.name)}
            onClick={() => uploads.cancel(props.item.key)}
          >
            <Icon name="close" size={20} />
          </button>
        </Match>
      </Switch>
    </li>
  )
}
