// What can be done about somebody, behind one button beside their name. Nothing is there for visitors, nor about oneself.
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { Drawing, Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { safetyWords } from '../words/safety-words.ts'
import { unblockPerson, type PersonNamed } from './block-person.ts'
import { BlockSheet } from './block-sheet.tsx'

type PersonMenuProps = {
  person: PersonNamed
  /** Where that is known: by the viewer. */
  isBlocked?: boolean | undefined
  class?: string
}

const dots = [5.5, 12, 18.5].map((x) => `M${x - 0.6} 12a.6.6 0 1 0 1.2 0 .6.6 0 0 0-1.2 0Z`).join('')

export function PersonMenu(props: PersonMenuProps): JSX.Element {
  const { session } = useShoebox()
  const [shown, setShown] = createSignal<'menu' | 'block' | null>(null)
  const isOther = () => {
    const me = session.user()
    return me != null && me.id !== props.person.id
  }
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
        <Match when={shown() === 'block'}>
          <BlockSheet person={props.person} onClose={close} />
        </Match>
      </Switch>
    </Show>
  )
}
