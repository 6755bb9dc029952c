// Where the links of a digest lead, signed in or not. Mail programs open links by themselves to look for harm, so the
// page changes nothing before its button is pressed, and what it changed it takes back.
import { A, useLocation } from '@solidjs/router'
import { createResource, createSignal, Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { FormAlert, FormFrame } from '../session/form-frame.tsx'
import { useTitle } from '../ui/use-title.ts'
import { Told } from '../ui/told.tsx'
import { pushWords } from '../words/push-words.ts'
import { sentenceForError, words } from '../words/words.ts'

type Mute = Outputs['notifications']['findMute']

const isOff = (mute: Mute): boolean => (mute.kind === 'group' ? mute.level === 'none' : mute.frequency === 'off')
const settingOf = (mute: Mute) => (mute.kind === 'group' ? mute.level : mute.frequency)
/** What it is set to again by somebody who comes back to a link that was used. */
const usual = (mute: Mute): Mute =>
  mute.kind === 'group' ? { ...mute, level: 'all' } : { ...mute, frequency: 'weekly' }

export function MuteScreen(): JSX.Element {
  const location = useLocation()
  const token = untrack(() => new URLSearchParams(location.search).get('t') ?? '')
  const [found, { mutate, refetch }] = createResource<Mute | undefined>(
    () => api.notifications.findMute.query({ token }),
    // With a value from the start: without one, the page is empty until there is one.
    { initialValue: undefined },
  )
  /** How it was before this page changed it. */
  const [before, setBefore] = createSignal<Mute>()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  useTitle(() => pushWords.muteTitle)

  const set = async (to?: ReturnType<typeof settingOf>) => {
    setBusy(true)
    setAlert(undefined)
    try {
      const was = await api.notifications.mute.mutate(to === undefined ? { token } : { token, to })
      setBefore(to === undefined && !isOff(was) ? was : undefined)
      mutate(await api.notifications.findMute.query({ token }))
    } catch (error) {
      setAlert(sentenceForError(error))
    }
    setBusy(false)
  }

  return (
    <Switch fallback={<FormFrame title={pushWords.muteTitle} lead={pushWords.muteLoading} children={undefined} />}>
      <Match when={found.error !== undefined && isLost(found.error)}>
        <FormFrame title={pushWords.brokenTitle} lead={pushWords.broken}>
          <A class="button button-main min-h-12" href="/notifications/settings">
            {pushWords.title}
          </A>
        </FormFrame>
      </Match>
      <Match when={found.error !== undefined}>
        <FormFrame title={pushWords.muteTitle} lead={sentenceForError(found.error)}>
          <button type="button" class="button button-main min-h-12" onClick={() => void refetch()}>
            {words.fault.retry}
          </button>
        </FormFrame>
      </Match>
      <Match when={found.latest}>
        {(mute) => (
          <FormFrame
            title={before() === undefined ? pushWords.muteTitle : pushWords.muteDone}
            lead={leadOf(mute(), before() !== undefined)}
          >
            <FormAlert text={alert()} />
            <Show
              when={isOff(mute())}
              fallback={
                <button
                  type="button"
                  class="button button-main min-h-12"
                  disabled={isBusy()}
                  onClick={() => void set()}
                >
                  {mute().kind === 'group' ? pushWords.muteGroupAction : pushWords.muteDigestAction}
                </button>
              }
            >
              <Told
                class="-mt-3 text-soft"
                text={mute().kind === 'group' ? pushWords.stillMember : pushWords.codesStillCome}
              />
              <button
                type="button"
                class="button button-quiet min-h-12"
                disabled={isBusy()}
                onClick={() => void set(settingOf(before() ?? usual(mute())))}
              >
                {before() === undefined ? pushWords.tellAgain : pushWords.undo}
              </button>
            </Show>
          </FormFrame>
        )}
      </Match>
    </Switch>
  )
}

const isLost = (error: unknown): boolean => isRefusedWith(error, 'not_found') || isRefusedWith(error, 'invalid_input')

function leadOf(mute: Mute, isDone: boolean): string {
  if (mute.kind === 'digest') return isOff(mute) ? pushWords.digestMuted : pushWords.muteDigest
  if (!isOff(mute)) return pushWords.muteGroup(mute.groupName)
  return isDone ? pushWords.groupMuted(mute.groupName) : pushWords.groupIsMuted(mute.groupName)
}
