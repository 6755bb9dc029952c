// What can be done about somebody, or about what they made, behind one button beside it. Nothing is there for visitors,
// nor about oneself.
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { Drawing } from '../ui/first-icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { reportWords } from '../words/report-words.ts'
import { safetyWords } from '../words/safety-words.ts'
import { unblockPerson, type PersonNamed } from './block-person.ts'
import { BlockSheet } from './block-sheet.tsx'
import { ReportSheet, type Reported } from './report-sheet.tsx'

type PersonMenuProps = {
  person: PersonNamed
  /** Where that is known: by the viewer. */
  isBlocked?: boolean | undefined
  /** What of theirs it stands beside, and is reported from here. Otherwise it is about them. */
  subject?: Exclude<Reported, { kind: 'person' }>
  class?: string
}

const flag = 'M6 21V4.5M6 5h12l-2.5 4L18 13H6'
const dots = [5.5, 12, 18.5].map((x) => `M${x - 0.6} 12a.6.6 0 1 0 1.2 0 .6.6 0 0 0-1.2 0Z`).join('')

export function PersonMenu(props: PersonMenuProps): JSX.Element {
  const { session } = useShoebox()
  const [shown, setShown] = createSignal<'menu' | 'report' | 'block' | null>(null)
  const isOther = () => {
    const me = session.user()
    return me != null && me.id !== props.person.id
  }
  const subject = (): Reported => props.subject ?? { kind: 'person', id: props.person.id }
  const close = () => void setShown(null)
  return (
    <Show when={isOther()}>
      <button
        type="button"
        class={`button-icon ${props.class ?? ''}`}
        aria-haspopup="dialog"
        aria-label={safetyWords.more(props.person.name)}
        onClick={() => setShown('menu')}
      >
        <Drawing path={dots} />
      </button>
      <Switch>
        <Match when={shown() === 'menu'}>
          <Sheet title={props.person.name} onClose={close}>
            <button type="button" class="button button-quiet mb-3 min-h-12 w-full" onClick={() => setShown('report')}>
              <Drawing path={flag} size={20} />
              {reportWords.report[subject().kind]}
            </button>
            <Show
              when={props.isBlocked === true}
              fallback={
                <button type="button" class="button button-quiet min-h-12 w-full" onClick={() => setShown('block')}>
                  <Icon name="hide" size={20} />
                  {safetyWords.block}
                </button>
              }
            >
              <button
                type="button"
                class="button button-quiet min-h-12 w-full"
                onClick={() => {
                  close()
                  void unblockPerson(props.person)
                }}
              >
                <Icon name="eye" size={20} />
                {safetyWords.unblock}
              </button>
            </Show>
          </Sheet>
        </Match>
        <Match when={shown() === 'report'}>
          <ReportSheet subject={subject()} person={props.person} isBlocked={props.isBlocked === true} onClose={close} />
        </Match>
        <Match when={shown() === 'block'}>
          <BlockSheet person={props.person} onClose={close} />
        </Match>
      </Switch>
    </Show>
  )
}
