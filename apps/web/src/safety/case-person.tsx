// What can be done about the person of a case: to warn or to ban them decides it, where it is still open.
import { createSignal, Match, Switch, type JSX } from 'solid-js'
import { banWords } from '../words/ban-words.ts'
import { deskWords } from '../words/desk-words.ts'
import { BanSheet } from './ban-sheet.tsx'
import { WarnSheet } from './ban-warn-sheet.tsx'
import { renewCases, type Case } from './decide.ts'

export function CasePerson(props: { case: Case }): JSX.Element {
  const [shown, setShown] = createSignal<'warn' | 'ban'>()
  const about = () => ({
    userId: props.case.person.id,
    name: props.case.person.name ?? deskWords.somebody,
    caseId: props.case.state === 'open' ? props.case.id : null,
  })
  const close = () => {
    setShown(undefined)
    renewCases()
  }
  return (
    <div class="flex flex-wrap gap-2">
      <button type="button" class="button button-quiet flex-1 px-3" onClick={() => setShown('warn')}>
        {banWords.warn}…
      </button>
      <button type="button" class="button button-quiet flex-1 px-3" onClick={() => setShown('ban')}>
        {banWords.ban}…
      </button>
      <Switch>
        <Match when={shown() === 'warn'}>
          <WarnSheet {...about()} onClose={close} />
        </Match>
        <Match when={shown() === 'ban'}>
          <BanSheet {...about()} onClose={close} />
        </Match>
      </Switch>
    </div>
  )
}
