// Whether this device is told, and which others are. A browser asks its person once, and only after a touch: so nothing
// is asked before the button, and what a refusal means is said where it can be mended.
import { createEffect, createResource, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import { Section } from '../account/own-screen.tsx'
import { api } from '../api/client.ts'
import { showToast } from '../ui/toasts.tsx'
import { announce } from '../ui/announcer.tsx'
import { pushWords as words } from '../words/push-words.ts'
import { sentenceForError } from '../words/words.ts'
import {
  findAbility,
  findEndpoint,
  forgetPushes,
  needsHomeScreen,
  readSubscription,
  subscribeBrowser,
  type PushFailure,
} from './push-device.ts'
import type { SectionProps } from './section-props.ts'

export function PushSection(props: SectionProps): JSX.Element {
  const [isBusy, setBusy] = createSignal(false)
  const [ability, setAbility] = createSignal(findAbility())
  const [failure, setFailure] = createSignal<PushFailure>()
  // With a value from the start: without one, all that is around this section leaves the page until there is one.
  const [endpoint, { refetch }] = createResource(() => findEndpoint().catch(() => null), { initialValue: null })
  const current = () => props.settings.devices.find((device) => device.isCurrent)
  /** Only where the browser and the API mean the same subscription. */
  const isOn = () => current() !== undefined && current()?.endpoint === endpoint.latest

  const change = async (work: () => Promise<unknown>, done?: string) => {
    setBusy(true)
    await props.change(work, done)
    await refetch()
    setBusy(false)
  }
  const turnOn = async () => {
    setBusy(true)
    setFailure(undefined)
    const subscribed = await subscribeBrowser(props.settings.pushKey)
    setAbility(findAbility())
    setBusy(false)
    if (typeof subscribed === 'string') return void setFailure(subscribed)
    try {
      await api.notifications.subscribe.mutate({ ...subscribed, showsNames: true })
    } catch (error) {
      await forgetPushes().catch(() => undefined)
      return showToast(sentenceForError(error))
    }
    await change(() => Promise.resolve(), words.turnedOn)
  }
  const turnOff = () =>
    change(async () => {
      await api.notifications.unsubscribe.mutate({})
      await forgetPushes()
    }, words.turnedOff)
  const showNames = (showsNames: boolean) =>
    change(async () => {
      const subscribed = await readSubscription()
      if (subscribed !== null) await api.notifications.subscribe.mutate({ ...subscribed, showsNames })
    })

  return (
    <Section title={words.deviceTitle}>
      <p class="text-soft">{words.deviceWhat}</p>
      <Switch>
        <Match when={ability() === 'absent'}>
          <Hint lead={words.absent} text={needsHomeScreen() ? words.homeScreen : undefined} />
        </Match>
        <Match when={ability() === 'blocked'}>
          <Hint lead={words.blocked} text={words.blockedHow} />
        </Match>
        <Match when={isOn()}>
          <p>
            <span class="font-medium">{words.isOn}</span> <span class="text-soft">{words.endsWithSession}</span>
          </p>
          <label class="flex min-h-11 cursor-pointer items-start gap-3 rounded-box border border-line px-4 py-2.5">
            <input
              type="checkbox"
              class="mt-1 size-4 shrink-0"
              checked={current()?.showsNames ?? true}
              disabled={isBusy()}
              onChange={(event) => void showNames(event.currentTarget.checked)}
            />
            <span>
              <span class="block font-medium">{words.showNames}</span>
              <span class="block text-sm text-soft">{words.showNamesMeans}</span>
            </span>
          </label>
          <button
            type="button"
            class="button button-quiet self-start"
            disabled={isBusy()}
            onClick={() => void turnOff()}
          >
            {words.turnOff}
          </button>
        </Match>
        <Match when={true}>
          <button type="button" class="button button-main self-start" disabled={isBusy()} onClick={() => void turnOn()}>
            {isBusy() ? words.turningOn : words.turnOn}
          </button>
          <p class="-mt-1 text-sm text-soft">{words.deviceAsks}</p>
        </Match>
      </Switch>
      <Show when={ability() === 'able' && failure()}>
        {(why) => (
          <Show when={why() === 'unreachable'} fallback={<Hint lead={words.notAllowed} text={words.notAllowedHow} />}>
            <Hint lead={words.unreachable} text={words.unreachableHow} />
          </Show>
        )}
      </Show>
      <OtherDevices {...props} />
    </Section>
  )
}

function Hint(props: { lead: string; text: string | undefined }): JSX.Element {
  createEffect(() => announce([props.lead, props.text].join(' ')))
  return (
    <p class="rounded-box bg-sunken px-4 py-3">
      <span class="block font-medium">{props.lead}</span>
      <Show when={props.text}>
        <span class="block text-soft">{props.text}</span>
      </Show>
    </p>
  )
}

function OtherDevices(props: SectionProps): JSX.Element {
  const others = () => props.settings.devices.filter((device) => !device.isCurrent)
  return (
    <Show when={others().length > 0}>
      <h3 class="mt-2 font-medium">{words.otherDevices}</h3>
      <ul class="rounded-box border border-line">
        <For each={others()}>
          {(device) => (
            <li class="flex min-h-14 items-center gap-4 border-b border-line px-4 py-2 last:border-b-0">
              <span class="min-w-0 flex-1">{words.device(device)}</span>
              <button
                type="button"
                class="button button-quiet"
                aria-label={words.turnOffOne(words.device(device))}
                onClick={() =>
                  void props.change(
                    () => api.notifications.unsubscribe.mutate({ id: device.id }),
                    words.oneTurnedOff(words.device(device)),
                  )
                }
              >
                {words.turnOff}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
