// How one is told: on this device and others, by mail, and how much of each group.
import { A } from '@solidjs/router'
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { notificationLevels, type NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import { digestFrequencies, type DigestFrequency } from '@shoebox/shared/notices/digest.ts'
import { OwnHead, OwnScreen, Section } from '../account/own-screen.tsx'
import { api } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { renewGroup } from '../groups/renew-group.ts'
import type { User } from '../session/session.ts'
import { Choice } from '../ui/choice.tsx'
import { Notice } from '../ui/notice.tsx'
import { Select } from '../ui/select.tsx'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { groupWords } from '../words/group-words.ts'
import { pushWords } from '../words/push-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { PushSection } from './push-section.tsx'
import type { NotificationSettings, SectionProps } from './section-props.ts'

export function SettingsScreen(): JSX.Element {
  return <OwnScreen title={pushWords.title}>{(user) => <Settings user={user()} />}</OwnScreen>
}

function Settings(props: { user: User }): JSX.Element {
  const settings = useQuery(() => ({
    ...api.notifications.settings.options(),
    queryKey: ['notifications.settings', props.user.id],
    staleTime: 0,
    gcTime: 0,
  }))
  const change = async (work: () => Promise<unknown>, done: string = pushWords.saved) => {
    try {
      await work()
      showToast(done)
    } catch (error) {
      showToast(sentenceForError(error))
    }
    await settings.refetch()
  }

  return (
    <>
      <OwnHead title={pushWords.title} lead={pushWords.lead} />
      <Switch fallback={<p class="pulse py-16 text-center text-soft">{screenWords.viewer.loading}</p>}>
        <Match when={settings.data}>
          {(found) => (
            <>
              <PushSection settings={found()} change={change} />
              <DigestSection settings={found()} change={change} />
              <GroupsSection settings={found()} change={change} />
            </>
          )}
        </Match>
        <Match when={settings.error}>
          {(error) => (
            <Notice icon="warning" title={pushWords.failedTitle} text={sentenceForError(error())} alert>
              <button type="button" class="button button-main" onClick={() => void settings.refetch()}>
                {words.fault.retry}
              </button>
            </Notice>
          )}
        </Match>
      </Switch>
    </>
  )
}

function DigestSection(props: SectionProps): JSX.Element {
  const choose = (digest: DigestFrequency) =>
    props.change(() =>
      api.notifications.setDigest.mutate({ digest, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    )
  return (
    <Section title={pushWords.digestTitle}>
      <p class="text-soft">{pushWords.digestWhat}</p>
      <Show when={props.settings.addressTrouble}>
        {(trouble) => (
          <p role="alert" class="rounded-box border border-bad px-4 py-3">
            {accountWords.addressTrouble[trouble()]}{' '}
            <A class="link" href="/you/security">
              {accountWords.addressTrouble.change}
            </A>
          </p>
        )}
      </Show>
      <Choice
        legend={pushWords.digestTitle}
        isLegendHidden
        options={digestFrequencies.map((value) => ({ value, ...pushWords.digest[value] }))}
        value={props.settings.digest}
        onChoose={(digest) => void choose(digest)}
      />
    </Section>
  )
}

function GroupsSection(props: SectionProps): JSX.Element {
  const choose = (groupId: NotificationSettings['groups'][number]['id'], level: NotificationLevel) =>
    props.change(async () => {
      await api.groups.setNotifications.mutate({ groupId, level })
      renewGroup(groupId)
    })
  const options = notificationLevels.map((level) => [level, groupWords.notices[level]] as const)
  const isLevel = (text: string): text is NotificationLevel => (notificationLevels as readonly string[]).includes(text)
  return (
    <Section title={pushWords.groupsTitle}>
      <Show when={props.settings.groups.length > 0} fallback={<p class="text-soft">{pushWords.groupsNone}</p>}>
        <ul class="flex flex-col gap-4">
          <For each={props.settings.groups}>
            {(group) => (
              <li class="[overflow-wrap:anywhere]">
                <Select
                  label={group.name}
                  value={group.level}
                  options={options}
                  onChoose={(level) => isLevel(level) && void choose(group.id, level)}
                />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Section>
  )
}
