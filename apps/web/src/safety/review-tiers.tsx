// Whose public posts wait: read by moderators, changed by administrators.
import { createSignal, For, Index, Match, Show, Switch, untrack, type JSX } from 'solid-js'
import { tierDaysMax, tierPostsMax, tiersMax } from '@shoebox/shared/safety/review-tiers.ts'
import { useProfile } from '../account/profile-query.ts'
import { useShoebox } from '../compose.ts'
import type { User } from '../session/session.ts'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import { reviewWords as words } from '../words/review-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words as allWords } from '../words/words.ts'
import { sentenceForDesk } from './desk-access.ts'
import { saveTiers, useTiers, type Tier } from './review-queries.ts'

export function ReviewTiers(): JSX.Element {
  const setting = useTiers()
  const { session } = useShoebox()
  const [isEditing, setEditing] = createSignal(false)
  const tiers = () => setting.data?.tiers
  return (
    <section class="flex flex-col gap-3">
      <h2 class="text-lg font-semibold">{words.tiersTitle}</h2>
      <Switch fallback={<p class="pulse py-6 text-soft">{screenWords.viewer.loading}</p>}>
        <Match when={tiers() === undefined && setting.error}>
          {(error) => (
            <Notice icon="warning" title={words.tiersFailed} text={sentenceForDesk(error())} alert>
              <button type="button" class="button button-main" onClick={() => void setting.refetch()}>
                {allWords.fault.retry}
              </button>
            </Notice>
          )}
        </Match>
        <Match when={isEditing() && tiers()}>
          {(saved) => <TiersForm tiers={saved()} onDone={() => setEditing(false)} />}
        </Match>
        <Match when={tiers()}>
          {(saved) => (
            <>
              <Show when={saved().length > 0} fallback={<p>{words.noTiers}</p>}>
                <ul class="flex flex-col gap-1">
                  <For each={saved()}>{({ daysMax, posts }) => <li>{words.tier(daysMax, posts)}</li>}</For>
                </ul>
              </Show>
              <p class="text-sm text-soft">{words.tiersHint}</p>
              <Show when={session.user()}>
                {(user) => <EditButton user={user()} onEdit={() => setEditing(true)} />}
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </section>
  )
}

function EditButton(props: { user: User; onEdit: () => void }): JSX.Element {
  const profile = useProfile(() => props.user)
  return (
    <Show when={profile.data?.role === 'administrator'}>
      <button type="button" class="button button-quiet self-start" onClick={() => props.onEdit()}>
        {words.edit}
      </button>
    </Show>
  )
}

type Draft = { readonly days: string; readonly posts: string }

const inBounds = (text: string, most: number): boolean =>
  /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= most
const draftOf = ({ daysMax, posts }: Tier): Draft => ({ days: daysMax === null ? '' : `${daysMax}`, posts: `${posts}` })
const tierOf = ({ days, posts }: Draft): Tier => ({ daysMax: days === '' ? null : Number(days), posts: Number(posts) })

function TiersForm(props: { tiers: readonly Tier[]; onDone: () => void }): JSX.Element {
  const [drafts, setDrafts] = createSignal(untrack(() => props.tiers.map(draftOf)))
  const [isTried, setTried] = createSignal(false)
  const [isSaving, setSaving] = createSignal(false)
  const change = (at: number, part: Partial<Draft>) =>
    setDrafts(drafts().map((draft, nth) => (nth === at ? { ...draft, ...part } : draft)))
  const badDays = ({ days }: Draft): string | undefined =>
    days !== '' && !inBounds(days, tierDaysMax)
      ? words.badDays(tierDaysMax)
      : drafts().filter((other) => other.days === days).length > 1
        ? words.sameDays
        : undefined
  const badPosts = ({ posts }: Draft): string | undefined =>
    inBounds(posts, tierPostsMax) ? undefined : words.badPosts(tierPostsMax)
  const save = async () => {
    setTried(true)
    if (drafts().some((draft) => badDays(draft) !== undefined || badPosts(draft) !== undefined)) return
    setSaving(true)
    const isSaved = await saveTiers(drafts().map(tierOf))
    setSaving(false)
    if (isSaved) props.onDone()
  }
  return (
    <form
      class="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Index each={drafts()} fallback={<p>{words.noTiers}</p>}>
        {(draft, at) => (
          <fieldset class="flex flex-col gap-3 rounded-box border border-line p-4">
            <legend class="sr-only">{words.tierLabel(at + 1)}</legend>
            <TextField
              label={words.daysLabel}
              hint={words.daysHint}
              name={`days-${at}`}
              autocomplete="off"
              value={draft().days}
              error={isTried() ? badDays(draft()) : undefined}
              onInput={(days) => change(at, { days: days.trim() })}
            />
            <TextField
              label={words.postsLabel}
              name={`posts-${at}`}
              autocomplete="off"
              value={draft().posts}
              error={isTried() ? badPosts(draft()) : undefined}
              onInput={(posts) => change(at, { posts: posts.trim() })}
            />
            <button
              type="button"
              class="link flex min-h-11 items-center gap-2 self-start"
              onClick={() => setDrafts(drafts().filter((_, nth) => nth !== at))}
            >
              <Icon name="trash" size={18} />
              {words.removeTier(at + 1)}
            </button>
          </fieldset>
        )}
      </Index>
      <Show when={drafts().length < tiersMax}>
        <button
          type="button"
          class="button button-quiet self-start"
          onClick={() => setDrafts([...drafts(), { days: drafts().length === 0 ? '7' : '', posts: '1' }])}
        >
          {words.addTier}
        </button>
      </Show>
      <div class="flex gap-3">
        <button type="submit" class="button button-main" disabled={isSaving()}>
          {words.save}
        </button>
        <button type="button" class="button button-quiet" onClick={() => props.onDone()}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
