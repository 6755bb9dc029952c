// The queue: the cases of the feed and of all groups, and the one that is looked at beside them. On a phone it takes the
// place of the list. Everything can be done with the keyboard alone.
import { createSignal, Show, type JSX } from 'solid-js'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { ShortcutSheet, type ShortcutRow } from '../ui/shortcut-sheet.tsx'
import { deskWords } from '../words/desk-words.ts'
import { BulkBar } from './bulk-bar.tsx'
import { CaseList } from './case-list.tsx'
import { CaseView } from './case-view.tsx'
import { decisionsFor } from './decide.ts'
import { QueueFilter } from './queue-filter.tsx'
import { watchQueueKeys } from './queue-keys.ts'
import { useQueue, type Queue } from './use-queue.ts'

export function DeskQueue(): JSX.Element {
  const queue = useQueue()
  const [isHelping, setHelping] = createSignal(false)
  watchQueueKeys({
    step: queue.step,
    choose() {
      const one = queue.list().find(({ id }) => id === queue.openId())
      if (one !== undefined && decisionsFor(one).length > 0) queue.choose(one.id)
    },
    decide: (decision) => queue.ask(decision, queue.meant(decision)),
    close: () => (queue.chosen().size > 0 ? queue.clear() : queue.open(null)),
    help: () => setHelping(true),
  })
  return (
    <div class="grid grid-cols-1 items-start gap-6 wide:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div class="flex flex-col gap-4" classList={{ 'max-wide:hidden': queue.openId() !== null }}>
        <Cases queue={queue} onHelp={() => setHelping(true)} />
      </div>
      <div class="wide:sticky wide:top-6 wide:max-h-[calc(100dvh-48px)] wide:overflow-y-auto wide:pr-1">
        <Opened queue={queue} />
      </div>
      <Show when={queue.removing()}>
        {(ids) => (
          <Sheet title={deskWords.removeTitle(ids().length)} onClose={() => queue.endRemoving(false)}>
            <p class="mb-5 text-soft">{deskWords.removeWhat}</p>
            <button
              type="button"
              class="button button-quiet min-h-12 w-full border-bad text-bad"
              onClick={() => queue.endRemoving(true)}
            >
              {deskWords.decisions.remove}
            </button>
          </Sheet>
        )}
      </Show>
      <Show when={isHelping()}>
        <ShortcutSheet rows={shortcuts()} onClose={() => setHelping(false)} />
      </Show>
    </div>
  )
}

function Cases(props: { queue: Queue; onHelp: () => void }): JSX.Element {
  return (
    <>
      <div class="flex items-start gap-1">
        <QueueFilter filter={props.queue.filter()} onFilter={props.queue.setFilter} />
        <button
          type="button"
          class="button-icon ml-auto text-soft max-wide:hidden"
          aria-label={deskWords.shortcuts.label}
          onClick={() => props.onHelp()}
        >
          <Icon name="keyboard" />
        </button>
      </div>
      <CaseList
        list={props.queue.query}
        cases={props.queue.list()}
        filter={props.queue.filter()}
        openId={props.queue.openId()}
        chosen={props.queue.chosen()}
        onOpen={props.queue.open}
        onChoose={props.queue.choose}
      />
      <Show when={props.queue.chosen().size > 0}>
        <BulkBar cases={props.queue.chosenCases()} onClear={props.queue.clear} onDecide={props.queue.ask} />
      </Show>
    </>
  )
}

const Opened = (props: { queue: Queue }): JSX.Element => (
  <Show
    when={props.queue.openId()}
    keyed
    fallback={
      <Show when={props.queue.list().length > 0}>
        <p class="py-20 text-center text-soft max-wide:hidden">{deskWords.pick}</p>
      </Show>
    }
  >
    {(id) => (
      <div class="flex flex-col gap-3">
        <button type="button" class="link min-h-11 self-start wide:hidden" onClick={() => props.queue.open(null)}>
          {deskWords.back}
        </button>
        <CaseView
          caseId={id}
          note={props.queue.note()}
          onNote={props.queue.setNote}
          onDecide={(decision) => props.queue.ask(decision, [id])}
        />
      </div>
    )}
  </Show>
)

const shortcuts = (): readonly ShortcutRow[] => [
  { keys: ['J'], text: deskWords.shortcuts.next },
  { keys: ['K'], text: deskWords.shortcuts.previous },
  { keys: ['X'], text: deskWords.shortcuts.select },
  { keys: ['D'], text: deskWords.shortcuts.dismiss },
  { keys: ['Q'], text: deskWords.shortcuts.quarantine },
  { keys: ['R'], text: deskWords.shortcuts.restore },
  { keys: ['Del'], text: deskWords.shortcuts.remove },
  { keys: ['Esc'], text: deskWords.shortcuts.close },
]
