// Where files shared by another app arrive: asks for the place they belong to, since a share says none and nothing may
// become public by accident.
import { A, useLocation, useNavigate } from '@solidjs/router'
import { createResource, createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { PlaceList, type Place } from '../groups/place-list.tsx'
import { withNext } from '../session/next-place.ts'
import { loadNewPage } from '../ui/may-reload.ts'
import { Notice } from '../ui/notice.tsx'
import { useTitle } from '../ui/use-title.ts'
import { publicFeed } from '../upload/destination.ts'
import { screenWords } from '../words/screen-words.ts'
import { shareWords } from '../words/share-words.ts'
import { claimShared, forgetShared, readShared } from './shared-files.ts'

export function ShareScreen(): JSX.Element {
  const { session, uploads } = useShoebox()
  const navigate = useNavigate()
  const location = useLocation()
  const [files] = createResource(
    () => [session.user()?.id] as const,
    async ([userId]): Promise<readonly File[] | undefined> => {
      if (userId !== undefined) await claimShared(userId)
      return readShared()
    },
    // With a value from the start: without one, the page is empty until there is one.
    { initialValue: undefined },
  )
  useTitle(() => shareWords.title)

  const [isMissed, setMissed] = createSignal(false)
  let isTaken = false
  const send = async ({ groupId, name }: Place) => {
    if (isTaken) return
    isTaken = true
    const place = groupId === null ? publicFeed : ({ kind: 'group', groupId, name } as const)
    isTaken = await uploads.add(files.latest ?? [], place)
    setMissed(!isTaken)
    if (!isTaken) return
    void forgetShared()
    navigate(groupId === null ? '/' : `/g/${groupId}`, { replace: true })
  }
  const throwAway = () => {
    void forgetShared()
    navigate('/', { replace: true })
  }

  return (
    <Switch fallback={<p class="pulse py-20 text-center">{screenWords.viewer.loading}</p>}>
      <Match when={files.error !== undefined || files.latest?.length === 0}>
        <Notice icon="image" title={shareWords.noneTitle} text={shareWords.none} isPage>
          <A class="button button-main" href="/">
            {screenWords.notHere.toFeed}
          </A>
        </Notice>
      </Match>
      <Match when={files.latest}>
        {(some) => (
          <div class="fade mx-auto flex max-w-160 flex-col gap-6 px-5 pt-5 pb-16 wide:pt-10">
            <div>
              <h1 class="text-2xl font-semibold tracking-tight">{shareWords.heading(some().length)}</h1>
              <p class="text-soft">{shareWords.lead}</p>
            </div>
            <Show
              when={!session.isVisitor()}
              fallback={
                <A class="button button-main self-start" href={withNext('/sign-in', location.pathname)}>
                  {screenWords.account.signIn}
                </A>
              }
            >
              <Show when={isMissed()}>
                <Missed />
              </Show>
              <PlaceList onChoose={(place) => void send(place)} />
            </Show>
            <button type="button" class="button button-quiet self-start" onClick={throwAway}>
              {shareWords.throwAway}
            </button>
          </div>
        )}
      </Match>
    </Switch>
  )
}

/** The uploads could not be fetched. Browsers do not ask again for what failed, as long as the page stays. */
const Missed = (): JSX.Element => (
  <div role="alert" class="flex flex-wrap items-center gap-3 rounded-box border border-bad px-4 py-3">
    <p class="min-w-50 flex-1">{shareWords.missed}</p>
    <button type="button" class="button button-main" onClick={loadNewPage}>
      {shareWords.load}
    </button>
  </div>
)
