// Looking at one item that nobody reported. For administrators, in an emergency; the log has it before they see anything.
import { createSignal, Match, Switch, type JSX } from 'solid-js'
import { isId, type MediaId } from '@shoebox/shared/ids.ts'
import { breakGlassReasons, type BreakGlassReason } from '@shoebox/shared/safety/reasons.ts'
import { api, type Outputs } from '../api/client.ts'
import { Choice } from '../ui/choice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { TextField } from '../ui/text-field.tsx'
import { deskWords } from '../words/desk-words.ts'
import { sentenceForDesk } from './desk-access.ts'
import { Evidence } from './evidence.tsx'

const words = deskWords.glass
const reasons = () => breakGlassReasons.map((value) => ({ value, name: words.reasons[value] }))

/** Of an address of the site, or as it is. */
function findItem(text: string): MediaId | null {
  const id = /med_[0-9a-f-]{36}/.exec(text)?.[0] ?? ''
  return isId('media', id) ? id : null
}

export function GlassSheet(props: { onClose: () => void }): JSX.Element {
  const [text, setText] = createSignal('')
  const [reason, setReason] = createSignal<BreakGlassReason>()
  const [fault, setFault] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const [seen, setSeen] = createSignal<Outputs['desk']['breakGlass']>()
  const look = async () => {
    const mediaId = findItem(text())
    const why = reason()
    if (mediaId === null) return void setFault(words.notAnItem)
    if (why === undefined || isBusy()) return
    setBusy(true)
    setFault(undefined)
    try {
      setSeen(await api.desk.breakGlass.mutate({ mediaId, reason: why }))
    } catch (error) {
      setFault(sentenceForDesk(error))
    }
    setBusy(false)
  }
  return (
    <Sheet title={words.title} onClose={props.onClose}>
      <Switch>
        <Match when={seen()}>
          {(item) => (
            <div class="flex flex-col gap-3">
              <Evidence evidence={{ ...item(), isWaiting: false, hasPicture: item().kind !== 'audio' }} name="" />
              <p class="text-soft">{words.shown}</p>
            </div>
          )}
        </Match>
        <Match when={true}>
          <form
            class="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              void look()
            }}
          >
            <p class="text-soft">{words.lead}</p>
            <TextField
              label={words.item}
              name="item"
              autocomplete="off"
              hint={words.itemHint}
              value={text()}
              onInput={setText}
              error={fault()}
            />
            <Choice legend={words.why} options={reasons()} value={reason()} onChoose={setReason} />
            <button type="submit" class="button button-main min-h-12" disabled={isBusy() || reason() === undefined}>
              {words.look}
            </button>
          </form>
        </Match>
      </Switch>
    </Sheet>
  )
}
