// Where an invite leads: which group it is, what one may do there, and one button. The code stands in the address, so
// that a link, a QR code and a typed code end on the same page; nothing is joined before the button is pressed.
import { A, useNavigate, useParams } from '@solidjs/router'
import { skipToken } from '@tanstack/query-core'
import { createSignal, Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { invitePattern, readInviteCode } from '@shoebox/shared/groups/joining.ts'
import { derivativeUrl } from '@shoebox/shared/media/derivatives.ts'
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { useQuery } from '../api/use-query.ts'
import { useShoebox } from '../compose.ts'
import { FormAlert, FormFrame } from '../session/form-frame.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { Told } from '../ui/told.tsx'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError, words } from '../words/words.ts'

type Preview = Outputs['invites']['preview']

export function JoinScreen(): JSX.Element {
  const params = useParams()
  const code = () => readInviteCode(params['code'] ?? '')
  useTitle(() => groupWords.joinTitle)
  return (
    <Show when={code() !== ''} fallback={<EnterCode />}>
      <Invited code={code()} />
    </Show>
  )
}

function EnterCode(): JSX.Element {
  const navigate = useNavigate()
  const [typed, setTyped] = createSignal('')
  const [error, setError] = createSignal<string>()
  const look = (event: SubmitEvent) => {
    event.preventDefault()
    const code = readInviteCode(typed())
    if (invitePattern.test(code)) navigate(`/join/${code}`)
    else setError(groupWords.joinBadCode)
  }
  return (
    <FormFrame title={groupWords.joinTitle} lead={groupWords.joinLead}>
      <form class="flex flex-col gap-4" novalidate onSubmit={look}>
        <TextField
          label={groupWords.joinCode}
          name="code"
          autocomplete="off"
          value={typed()}
          onInput={setTyped}
          error={error()}
        />
        <button type="submit" class="button button-main min-h-12">
          {groupWords.joinLook}
        </button>
      </form>
    </FormFrame>
  )
}

function Invited(props: { code: string }): JSX.Element {
  const { session } = useShoebox()
  const isCode = () => invitePattern.test(props.code)
  const preview = useQuery<Preview>(() => {
    // Whoever signs in meanwhile may stand differently to the group.
    const key = [session.user()?.id ?? null] as const
    const options = api.invites.preview.options({ code: props.code })
    return isCode()
      ? { ...options, queryKey: [...options.queryKey, ...key] }
      : { queryKey: ['invites.preview', null], queryFn: skipToken }
  })
  return (
    <Switch fallback={<p class="pulse py-20 text-center">{screenWords.viewer.loading}</p>}>
      <Match when={!isCode()}>
        <Notice icon="warning" title={groupWords.joinTitle} text={groupWords.joinBadCode} isPage>
          <A class="button button-main" href="/join">
            {words.fault.retry}
          </A>
        </Notice>
      </Match>
      <Match when={preview.isLoadingError}>
        <Notice icon="warning" title={groupWords.joinTitle} text={sentenceForError(preview.error)} alert isPage>
          <A class="button button-main" href="/join">
            {words.fault.retry}
          </A>
        </Notice>
      </Match>
      <Match when={preview.data}>{(data) => <Invitation code={props.code} preview={data()} />}</Match>
    </Switch>
  )
}

function Invitation(props: { code: string; preview: Preview }): JSX.Element {
  const { session } = useShoebox()
  const navigate = useNavigate()
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const [isAsked, setAsked] = createSignal(untrack(() => props.preview.standing === 'requested'))
  const group = () => props.preview.group

  const join = async () => {
    setBusy(true)
    setAlert(undefined)
    try {
      // As a query, and so asked again after a fault: joining twice is joining once, and a crowd may come by one link.
      const answer = await queryClient.query({
        queryKey: ['invites.join', props.code],
        queryFn: () => api.invites.join.mutate({ code: props.code }),
        staleTime: 0,
        gcTime: 0,
      })
      void queryClient.invalidateQueries({ queryKey: api.groups.mine.key() })
      if (!answer.joined) {
        setAsked(true)
        return showToast(groupWords.asked(group().name))
      }
      showToast(groupWords.joined(group().name))
      navigate(`/g/${answer.groupId}`, { replace: true })
    } catch (error) {
      setAlert(sentenceForError(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class="fade mx-auto flex w-full max-w-105 flex-col gap-6 px-5 pt-8 pb-16 wide:pt-16">
      <div class="aspect-[5/3] overflow-hidden rounded-box bg-sunken">
        <Show
          when={group().cover}
          fallback={
            <span class="grid size-full place-items-center text-soft">
              <Icon name="group" size={48} />
            </span>
          }
        >
          {(cover) => <img src={derivativeUrl(cover(), 'tile')} alt="" class="size-full object-cover" />}
        </Show>
      </div>
      <header class="flex flex-col gap-2">
        <p class="text-soft">{groupWords.joinInvited(props.preview.inviterName)}</p>
        <h1 class="text-[1.75rem] leading-tight font-semibold tracking-tight wrap-anywhere">{group().name}</h1>
        <Show when={group().description}>
          <p class="whitespace-pre-line wrap-anywhere">{group().description}</p>
        </Show>
        <p class="text-soft">
          {groupWords.people(group().memberCount)} · {groupWords.joinAs[props.preview.role]}
        </p>
      </header>
      <FormAlert text={alert()} />
      <Switch>
        <Match when={props.preview.standing === 'member' && props.preview.groupId}>
          {(groupId) => (
            <A class="button button-main min-h-12" href={`/g/${groupId()}`}>
              {groupWords.joinIn}
            </A>
          )}
        </Match>
        <Match when={isAsked()}>
          <Told
            class="flex gap-3 rounded-box bg-sunken px-4 py-3"
            icon={<Icon name="check" class="shrink-0" />}
            text={groupWords.joinAsked}
          />
        </Match>
        <Match when={session.isVisitor()}>
          <A class="button button-main min-h-12" href={`/sign-in?next=/join/${props.code}`}>
            {groupWords.joinSignIn}
          </A>
        </Match>
        <Match when={true}>
          <button type="button" class="button button-main min-h-12" disabled={isBusy()} onClick={() => void join()}>
            {props.preview.needsApproval ? groupWords.joinAsk : groupWords.joinNow}
          </button>
          <Show when={props.preview.needsApproval}>
            <p class="-mt-3 text-sm text-soft">{groupWords.joinAskHint}</p>
          </Show>
        </Match>
      </Switch>
    </div>
  )
}
