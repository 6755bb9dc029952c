// A copy of everything that is kept about somebody: asked for, waited for, downloaded.
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import type { User } from '../session/session.ts'
import { beginDownload } from '../downloads/download-requests.ts'
import { listOwn } from '../downloads/list-items.ts'
import { Icon } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { Told } from '../ui/told.tsx'
import { accountWords } from '../words/account-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words as allWords } from '../words/words.ts'
import { Section } from './own-screen.tsx'

const words = accountWords.data

type Export = NonNullable<Outputs['account']['findExport']['export']>

/** It takes minutes, and a mail tells too. */
const askEveryMs = 15_000

export function ExportSection(props: { user: User }): JSX.Element {
  const [isBusy, setBusy] = createSignal(false)
  const found = useQuery(() => ({
    ...api.account.findExport.options(),
    queryKey: ['account.findExport', props.user.id],
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.export?.isReady === false ? askEveryMs : false),
  }))
  const wish = () => found.data?.export ?? undefined
  const isMaking = () => wish()?.isReady === false
  const ready = () => (wish()?.isReady === true ? wish() : undefined)

  const change = async (work: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      showToast(sentenceForError(error))
    }
    setBusy(false)
  }
  const ask = () =>
    change(async () => {
      await api.account.requestExport.mutate()
      await found.refetch()
    })
  /** With a new signature: that of the page's may have ended while it stood open. */
  const download = () =>
    change(async () => {
      const url = (await found.refetch()).data?.export?.url
      if (url != null) location.assign(url)
    })

  return (
    <Section title={words.exportTitle}>
      <p class="text-soft">{words.exportWhat}</p>
      <Switch fallback={<p class="pulse text-soft">{screenWords.viewer.loading}</p>}>
        <Match when={found.isLoadingError}>
          <p role="alert" class="text-bad">
            {sentenceForError(found.error)}
          </p>
          <button type="button" class="link min-h-11 self-start" onClick={() => void found.refetch()}>
            {allWords.fault.retry}
          </button>
        </Match>
        <Match when={isMaking()}>
          <Told
            class="flex gap-3 rounded-box bg-sunken px-4 py-3"
            icon={<Icon name="mail" class="shrink-0" />}
            text={words.exportWaiting}
          />
        </Match>
        <Match when={found.data}>
          <Show when={ready()}>{(made) => <p>{describe(made())}</p>}</Show>
          <div class="flex flex-wrap gap-3">
            <Show when={ready()}>
              <button type="button" class="button button-main" disabled={isBusy()} onClick={() => void download()}>
                <Icon name="download" size={20} />
                {words.download}
              </button>
              <button
                type="button"
                class="button button-quiet"
                onClick={() => beginDownload({ title: words.bothFile, list: listOwn, withData: true })}
              >
                {words.downloadBoth}
              </button>
            </Show>
            <button type="button" class="button button-quiet" disabled={isBusy()} onClick={() => void ask()}>
              {ready() === undefined ? words.exportAsk : words.exportAgain}
            </button>
          </div>
        </Match>
      </Switch>
    </Section>
  )
}

const describe = ({ requestedAt, bytes, expiresAt }: Export): string =>
  words.exportReady(requestedAt, allWords.units.size(bytes ?? 0), expiresAt)
