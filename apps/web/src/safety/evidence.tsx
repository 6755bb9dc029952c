// What was shown of a reported item, from the copy that is kept of it.
import { Match, Switch, type JSX } from 'solid-js'
import { playFile } from '@shoebox/shared/upload/object-keys.ts'
import { Icon } from '../ui/icon.tsx'
import { deskWords } from '../words/desk-words.ts'
import type { Case } from './decide.ts'

type Kept = NonNullable<Case['evidence']>
type Signed = NonNullable<Kept['delivery']>

/** The one picture that is kept. */
const pictureFile = 'preview.webp'
const urlOf = ({ base, query }: Signed, file: string): string => `${base}/${file}?${query}`

/** As large as it is, to be judged by. */
export function Evidence(props: { evidence: Kept; name: string }): JSX.Element {
  const signed = (has: boolean) => (has ? props.evidence.delivery : null)
  return (
    <div class="grid min-h-40 place-items-center overflow-hidden rounded-box border border-line bg-sunken">
      <Switch fallback={<p class="px-6 py-10 text-center text-soft">{deskWords.noEvidence}</p>}>
        <Match when={props.evidence.isWaiting}>
          <p class="pulse px-6 py-10 text-center text-soft">{deskWords.copying}</p>
        </Match>
        <Match when={props.evidence.kind === 'audio' && signed(props.evidence.hasPlay)}>
          {(delivery) => <audio controls preload="none" class="w-full p-4" src={urlOf(delivery(), playFile)} />}
        </Match>
        <Match when={signed(props.evidence.hasPlay)}>
          {(delivery) => (
            <video
              controls
              preload="none"
              class="max-h-[60dvh] w-full bg-black"
              aria-label={deskWords.evidenceOf(props.name)}
              src={urlOf(delivery(), playFile)}
              {...(props.evidence.hasPicture ? { poster: urlOf(delivery(), pictureFile) } : {})}
            />
          )}
        </Match>
        <Match when={signed(props.evidence.hasPicture)}>
          {(delivery) => (
            <img
              class="max-h-[60dvh] object-contain"
              src={urlOf(delivery(), pictureFile)}
              alt={deskWords.evidenceOf(props.name)}
            />
          )}
        </Match>
      </Switch>
    </div>
  )
}

/** In a row of the queue. */
export function EvidenceThumb(props: { case: Case }): JSX.Element {
  const delivery = () => (props.case.evidence?.hasPicture === true ? props.case.evidence.delivery : null)
  const icon = () =>
    props.case.subjectKind === 'item'
      ? (props.case.evidence?.kind ?? 'image')
      : props.case.subjectKind === 'comment'
        ? 'comment'
        : 'you'
  return (
    <span class="grid size-16 shrink-0 place-items-center overflow-hidden rounded-box bg-sunken text-soft">
      <Switch fallback={<Icon name={icon()} />}>
        <Match when={delivery()}>
          {(signed) => <img class="size-full object-cover" src={urlOf(signed(), pictureFile)} alt="" loading="lazy" />}
        </Match>
      </Switch>
    </span>
  )
}
