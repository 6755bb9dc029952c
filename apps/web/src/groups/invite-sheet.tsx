// Makes an invite and hands it over: a link to copy or share, a code to read aloud, a QR code to hold up.
import { createSignal, Show, untrack, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import { FormAlert } from '../session/form-frame.tsx'
import { Choice } from '../ui/choice.tsx'
import { Select } from '../ui/select.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { showToast } from '../ui/toasts.tsx'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { sentenceForError } from '../words/words.ts'
import { QrCode } from './qr-code.tsx'

type Group = Outputs['groups']['find']['group']
export type Invite = Outputs['invites']['list']['invites'][number]

const expiries = { day: 24, week: 7 * 24, month: 30 * 24, ever: null } as const
const uses = { one: 1, ten: 10, any: null } as const
type Expiry = keyof typeof expiries
type Uses = keyof typeof uses

export function InviteSheet(props: { group: Group; invite?: Invite | undefined; onClose: () => void }): JSX.Element {
  const [made, setMade] = createSignal<Pick<Invite, 'code'> | undefined>(untrack(() => props.invite))
  return (
    <Sheet title={groupWords.inviteTitle} onClose={props.onClose}>
      <Show when={made()} fallback={<MakeInvite group={props.group} onMade={setMade} />}>
        {(invite) => <HandOver group={props.group} code={invite().code} />}
      </Show>
    </Sheet>
  )
}

function MakeInvite(props: { group: Group; onMade: (invite: Pick<Invite, 'code'>) => void }): JSX.Element {
  const [role, setRole] = createSignal<'viewer' | 'contributor'>('contributor')
  const [expiry, setExpiry] = createSignal<Expiry>('week')
  const [use, setUse] = createSignal<Uses>('any')
  const [needsApproval, setNeedsApproval] = createSignal(false)
  const [alert, setAlert] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)

  const make = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    setAlert(undefined)
    try {
      const { invite } = await api.invites.create.mutate({
        groupId: props.group.id,
        role: role(),
        expiresInHours: expiries[expiry()],
        usesMax: uses[use()],
        needsApproval: needsApproval(),
      })
      void queryClient.invalidateQueries({ queryKey: api.invites.list.key({ groupId: props.group.id }) })
      props.onMade(invite)
    } catch (error) {
      setAlert(sentenceForError(error))
      setBusy(false)
    }
  }

  return (
    <form class="flex flex-col gap-5" onSubmit={make}>
      <FormAlert text={alert()} />
      <Choice
        legend={groupWords.inviteRole}
        options={(['contributor', 'viewer'] as const).map((value) => ({
          value,
          name: groupWords.roles[value],
          means: groupWords.roleMeans[value],
        }))}
        value={role()}
        onChoose={setRole}
      />
      <div class="grid grid-cols-2 gap-3">
        <Select
          label={groupWords.inviteExpires}
          value={expiry()}
          options={Object.entries(groupWords.inviteDays)}
          onChoose={(value) => setExpiry(value as Expiry)}
        />
        <Select
          label={groupWords.inviteUses}
          value={use()}
          options={[
            ['one', groupWords.inviteUsesOnce],
            ['ten', groupWords.inviteUsesTimes(uses.ten)],
            ['any', groupWords.inviteUsesAny],
          ]}
          onChoose={(value) => setUse(value as Uses)}
        />
      </div>
      <Show when={props.group.joining === 'open'}>
        <label class="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            class="size-5"
            checked={needsApproval()}
            onChange={(event) => setNeedsApproval(event.currentTarget.checked)}
          />
          {groupWords.inviteApproval}
        </label>
      </Show>
      <Show when={props.group.joining !== 'open'}>
        <p class="text-sm text-soft">{groupWords.joining[props.group.joining].means}</p>
      </Show>
      <button type="submit" class="button button-main min-h-12" disabled={isBusy()}>
        {isBusy() ? screenWords.account.working : groupWords.inviteMake}
      </button>
    </form>
  )
}

/** Five and five: a code that can be read out. */
const spell = (code: string): string => `${code.slice(0, 5)} ${code.slice(5)}`

function HandOver(props: { group: Group; code: string }): JSX.Element {
  const link = () => `${location.origin}/join/${props.code}`
  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text)
      showToast(done)
    } catch {
      showToast(text)
    }
  }
  const share = () => void navigator.share({ title: props.group.name, url: link() }).catch(() => undefined)
  return (
    <div class="flex flex-col items-center gap-5">
      <QrCode text={link()} label={groupWords.inviteQr(props.group.name)} />
      <p class="font-mono text-2xl font-semibold tracking-widest select-all">{spell(props.code)}</p>
      <p class="w-full truncate rounded-box bg-sunken px-4 py-3 text-sm select-all">{link()}</p>
      <div class="flex w-full flex-wrap gap-3">
        <button
          type="button"
          class="button button-main flex-auto"
          onClick={() => void copy(link(), groupWords.inviteCopied)}
        >
          {groupWords.inviteCopy}
        </button>
        <button
          type="button"
          class="button button-quiet flex-auto"
          onClick={() => void copy(props.code, groupWords.inviteCodeCopied)}
        >
          {groupWords.inviteCodeCopy}
        </button>
        <Show when={'share' in navigator}>
          <button type="button" class="button button-quiet flex-auto" onClick={share}>
            {groupWords.inviteShare}
          </button>
        </Show>
      </div>
    </div>
  )
}
