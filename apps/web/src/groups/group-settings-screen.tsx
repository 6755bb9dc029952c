// What a group is and who decides about it: everyone their notices and their leaving, admins its words and who comes
// in, the owner its places and its end.
import { A, useNavigate, useParams } from '@solidjs/router'
import { createSignal, Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { createStore } from 'solid-js/store'
import { joiningModes } from '@shoebox/shared/groups/joining.ts'
import { locationPolicies, notificationLevels } from '@shoebox/shared/groups/policies.ts'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { FormAlert } from '../session/form-frame.tsx'
import { Choice } from '../ui/choice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { enterGroup, GroupGone, isLost, useGroup, type Found } from './group-query.tsx'
import { renewGroup } from './renew-group.ts'
import { LeaveSheet } from './leave-sheet.tsx'
import { judgeDescription, judgeGroupName } from './new-group-sheet.tsx'

export function GroupSettingsScreen(): JSX.Element {
  const params = useParams()
  const group = useGroup(() => params['groupId'])
  useTitle(() => groupWords.settingsTitle)
  return (
    <Switch fallback={<p class="pulse py-20 text-center">{screenWords.viewer.loading}</p>}>
      <Match when={isLost(group)}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={group.data}>{(found) => <Settings found={found()} />}</Match>
    </Switch>
  )
}

function Settings(props: { found: Found }): JSX.Element {
  const [isLeaving, setLeaving] = createSignal(false)
  const [isDeleting, setDeleting] = createSignal(false)
  const group = () => props.found.group
  const role = () => props.found.me.role
  enterGroup(untrack(() => props.found))

  const change = async (work: Promise<unknown>) => {
    try {
      await work
      showToast(groupWords.saved)
    } catch (error) {
      showToast(sentenceForError(error))
    }
    renewGroup(group().id)
  }

  return (
    <div class="mx-auto flex max-w-160 flex-col gap-10 px-4 pt-5 pb-16 wide:pt-7">
      <header class="flex flex-col gap-1">
        <A class="link-alone self-start" href={`/g/${group().id}`}>
          {group().name}
        </A>
        <h1 class="text-2xl font-semibold tracking-tight">{groupWords.settingsTitle}</h1>
      </header>
      <Show when={isAtLeast(role(), 'admin')}>
        <About found={props.found} />
        <Section title={groupWords.joiningTitle}>
          <Choice
            legend={groupWords.joiningTitle}
            isLegendHidden
            options={joiningModes.map((value) => ({ value, ...groupWords.joining[value] }))}
            value={group().joining}
            onChoose={(joining) => void change(api.groups.edit.mutate({ groupId: group().id, joining }))}
          />
        </Section>
        <Section title={groupWords.activityTitle}>
          <p class="text-soft">{groupWords.activityWhat}</p>
          <A class="button button-quiet self-start" href={`/g/${group().id}/activity`}>
            {groupWords.activityOpen}
          </A>
        </Section>
      </Show>
      <Show when={role() === 'owner'}>
        <Section title={groupWords.locationTitle}>
          <Choice
            legend={groupWords.locationTitle}
            isLegendHidden
            options={locationPolicies.map((value) => ({ value, ...groupWords.location[value] }))}
            value={group().locationPolicy}
            onChoose={(locationPolicy) =>
              void change(api.groups.setLocationPolicy.mutate({ groupId: group().id, locationPolicy }))
            }
          />
        </Section>
      </Show>
      <Section title={groupWords.noticesTitle}>
        <Choice
          legend={groupWords.noticesTitle}
          isLegendHidden
          options={notificationLevels.map((value) => ({ value, name: groupWords.notices[value] }))}
          value={props.found.me.notifications}
          onChoose={(level) => void change(api.groups.setNotifications.mutate({ groupId: group().id, level }))}
        />
      </Section>
      <Section title={groupWords.leaveTitle}>
        <button type="button" class="button button-quiet self-start" onClick={() => setLeaving(true)}>
          {groupWords.leave}
        </button>
      </Section>
      <Show when={role() === 'owner'}>
        <Section title={groupWords.deleteTitle}>
          <p class="text-soft">{groupWords.deleteWhat}</p>
          <button
            type="button"
            class="button button-quiet self-start border-bad text-bad"
            onClick={() => setDeleting(true)}
          >
            {groupWords.deleteTitle}
          </button>
        </Section>
      </Show>
      <Show when={isLeaving()}>
        <LeaveSheet group={group()} onClose={() => setLeaving(false)} />
      </Show>
      <Show when={isDeleting()}>
        <DeleteSheet group={group()} onClose={() => setDeleting(false)} />
      </Show>
    </div>
  )
}

function Section(props: { title: string; children: JSX.Element }): JSX.Element {
  return (
    <section class="flex flex-col gap-3">
      <h2 class="text-lg font-semibold">{props.title}</h2>
      {props.children}
    </section>
  )
}

function About(props: { found: Found }): JSX.Element {
  const group = () => props.found.group
  const [fields, setFields] = createStore(untrack(() => ({ name: group().name, description: group().description })))
  const [errors, setErrors] = createStore<{ name?: string | undefined; description?: string | undefined }>({})
  const isChanged = () => fields.name.trim() !== group().name || fields.description.trim() !== group().description

  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    setErrors({ name: judgeGroupName(fields.name), description: judgeDescription(fields.description) })
    if (errors.name !== undefined || errors.description !== undefined) return
    try {
      await api.groups.edit.mutate({
        groupId: group().id,
        name: fields.name.trim(),
        description: fields.description.trim(),
      })
      showToast(groupWords.saved)
      renewGroup(group().id)
    } catch (error) {
      showToast(sentenceForError(error))
    }
  }

  return (
    <Section title={groupWords.about}>
      <form class="flex flex-col gap-4" novalidate onSubmit={save}>
        <TextField
          label={groupWords.name}
          name="group"
          autocomplete="off"
          value={fields.name}
          onInput={(value) => setFields('name', value)}
          error={errors.name}
        />
        <TextArea
          label={groupWords.description}
          value={fields.description}
          onInput={(value) => setFields('description', value)}
          error={errors.description}
        />
        <button type="submit" class="button button-main self-start" disabled={!isChanged()}>
          {groupWords.save}
        </button>
      </form>
    </Section>
  )
}

function DeleteSheet(props: { group: Found['group']; onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const [typed, setTyped] = createSignal('')
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const remove = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await api.groups.remove.mutate({ groupId: props.group.id, name: typed() })
      showToast(groupWords.deleted(props.group.name))
      navigate('/groups', { replace: true })
      queryClient.removeQueries({ queryKey: api.groups.find.key({ groupId: props.group.id }) })
      void queryClient.invalidateQueries({ queryKey: api.groups.mine.key() })
    } catch (error) {
      setAlert(sentenceForError(error))
      setBusy(false)
    }
  }
  return (
    <Sheet title={groupWords.deleteTitle} onClose={props.onClose}>
      <form class="flex flex-col gap-4" novalidate onSubmit={remove}>
        <p class="text-soft">{groupWords.deleteWhat}</p>
        <FormAlert text={alert()} />
        <TextField
          label={groupWords.deleteConfirm(props.group.name)}
          name="confirm"
          autocomplete="off"
          value={typed()}
          onInput={setTyped}
        />
        <button
          type="submit"
          class="button button-quiet min-h-12 border-bad text-bad"
          disabled={isBusy() || typed().trim() !== props.group.name}
        >
          {groupWords.delete}
        </button>
      </form>
    </Sheet>
  )
}
