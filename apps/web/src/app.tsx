// The routes. The feed is the parent of the viewer: opening a photo leaves the list as it stands.
import {
  Navigate,
  Route,
  Router,
  useBeforeLeave,
  useLocation,
  useNavigate,
  type RouteSectionProps,
} from '@solidjs/router'
import { createEffect, ErrorBoundary, on, Show, Suspense, type Component, type JSX } from 'solid-js'
import { composeShoebox, ShoeboxContext } from './compose.ts'
import { DownloadCorner } from './downloads/download-corner.tsx'
import { FeedScreen } from './feed/feed-screen.tsx'
import { withNext } from './session/next-place.ts'
import { isAskedForTerms } from './session/terms-asked.ts'
import { waitingWarning } from './session/waiting-warning.ts'
import { lazyPart } from './ui/lazy-part.ts'
import { headFor, isOutdated, isReloading, loadNewPage, reloadWhenDone } from './ui/may-reload.ts'
import { FirstIcon } from './ui/first-icon.tsx'
import { NoticeFrame } from './ui/notice-frame.tsx'
import { Shell } from './ui/shell.tsx'
import { ToastList } from './ui/toast-list.tsx'
import { DropZone } from './upload/drop-zone.tsx'
import { UploadCorner } from './upload/upload-corner.tsx'
import { loadSentences, words } from './words/words.ts'

/** A screen with a chunk of its own, shown when its classes and its sentences are there too. */
const lazyScreen = <P extends object>(load: () => Promise<Component<P>>) =>
  lazyPart(async () => {
    const sentences = loadSentences().catch(() => undefined)
    return (await Promise.all([load(), import('./screens.css'), sentences]))[0]
  })

const Viewer = lazyScreen(() => import('./viewer/viewer.tsx').then((file) => file.Viewer))
const SignIn = lazyScreen(() => import('./session/sign-in-screen.tsx').then((file) => file.SignInScreen))
const SignUp = lazyScreen(() => import('./session/sign-up-screen.tsx').then((file) => file.SignUpScreen))
const SignUpCode = lazyScreen(() => import('./session/code-screen.tsx').then((file) => file.SignUpCodeScreen))
const SignInCode = lazyScreen(() => import('./session/code-screen.tsx').then((file) => file.SignInCodeScreen))
const Forgot = lazyScreen(() => import('./session/forgot-screen.tsx').then((file) => file.ForgotScreen))
const Reset = lazyScreen(() => import('./session/reset-screen.tsx').then((file) => file.ResetScreen))
const Terms = lazyScreen(() => import('./session/terms-screen.tsx').then((file) => file.TermsScreen))
const Privacy = lazyScreen(() => import('./session/terms-screen.tsx').then((file) => file.PrivacyScreen))
const TermsGate = lazyScreen(() => import('./session/terms-gate.tsx').then((file) => file.TermsGate))
const Undo = lazyScreen(() => import('./session/undo-screen.tsx').then((file) => file.UndoScreen))
const Groups = lazyScreen(() => import('./groups/groups-screen.tsx').then((file) => file.GroupsScreen))
const Group = lazyScreen(() => import('./groups/group-screen.tsx').then((file) => file.GroupScreen))
const People = lazyScreen(() => import('./groups/people-screen.tsx').then((file) => file.PeopleScreen))
const GroupSettings = lazyScreen(() =>
  import('./groups/group-settings-screen.tsx').then((file) => file.GroupSettingsScreen),
)
const GroupActivity = lazyScreen(() =>
  import('./safety/group-activity-screen.tsx').then((file) => file.GroupActivityScreen),
)
const GroupCamera = lazyScreen(() => import('./groups/group-camera-screen.tsx').then((file) => file.GroupCameraScreen))
const Hidden = lazyScreen(() => import('./groups/hidden-screen.tsx').then((file) => file.HiddenScreen))
const Trash = lazyScreen(() => import('./groups/trash-screen.tsx').then((file) => file.TrashScreen))
const Join = lazyScreen(() => import('./groups/join-screen.tsx').then((file) => file.JoinScreen))
const You = lazyScreen(() => import('./account/you-screen.tsx').then((file) => file.YouScreen))
const Security = lazyScreen(() => import('./account/security-screen.tsx').then((file) => file.SecurityScreen))
const OwnData = lazyScreen(() => import('./account/data-screen.tsx').then((file) => file.DataScreen))
const Blocked = lazyScreen(() => import('./safety/blocked-screen.tsx').then((file) => file.BlockedScreen))
const Person = lazyScreen(() => import('./people/person-screen.tsx').then((file) => file.PersonScreen))
const CameraPage = lazyScreen(() => import('./camera/camera-screen.tsx').then((file) => file.CameraScreen))
const Notifications = lazyScreen(() =>
  import('./notifications/notifications-screen.tsx').then((file) => file.NotificationsScreen),
)
const Desk = lazyScreen(() => import('./safety/desk-shell.tsx').then((file) => file.DeskShell))
const Health = lazyScreen(() => import('./safety/health-screen.tsx').then((file) => file.HealthScreen))
const Ban = lazyScreen(() => import('./safety/ban-screen.tsx').then((file) => file.BanScreen))
const Appeal = lazyScreen(() => import('./safety/appeal-screen.tsx').then((file) => file.AppealScreen))
const WarningGate = lazyScreen(() => import('./safety/ban-warning-gate.tsx').then((file) => file.WarningGate))
const NotHere = lazyScreen(() => import('./ui/not-here-screen.tsx').then((file) => file.NotHereScreen))
const Parts = lazyScreen(() => import('./ui/parts-screen.tsx').then((file) => file.PartsScreen))
const Share = lazyScreen(() => import('./share/share-screen.tsx').then((file) => file.ShareScreen))
const NotificationSettings = lazyScreen(() =>
  import('./notifications/settings-screen.tsx').then((file) => file.SettingsScreen),
)
const Mute = lazyScreen(() => import('./notifications/mute-screen.tsx').then((file) => file.MuteScreen))
const MyUploads = lazyScreen(() => import('./my-uploads/my-uploads-screen.tsx').then((file) => file.MyUploadsScreen))

export function App(): JSX.Element {
  return (
    <Router root={Root} scrollRestoration>
      <Route path="/" component={FeedScreen}>
        <Route path="/" />
        <Route path="/p/:mediaId" component={Viewer} />
      </Route>
      <Route path="/groups" component={Groups} />
      <Route path="/g/:groupId/people" component={People} />
      <Route path="/g/:groupId/settings" component={GroupSettings} />
      <Route path="/g/:groupId/activity" component={GroupActivity} />
      <Route path="/g/:groupId/trash" component={Trash} />
      <Route path="/g/:groupId/hidden" component={Hidden} />
      <Route path="/g/:groupId/camera" component={GroupCamera} />
      <Route path="/g/:groupId" component={Group}>
        <Route path="/" />
        <Route path="/p/:mediaId" component={Viewer} />
      </Route>
      <Route path="/join/:code?" component={Join} />
      <Route path="/sign-in" component={SignIn} />
      <Route path="/sign-in/code" component={SignInCode} />
      <Route path="/sign-in/forgot" component={Forgot} />
      <Route path="/sign-in/reset" component={Reset} />
      <Route path="/sign-up" component={SignUp} />
      <Route path="/sign-up/code" component={SignUpCode} />
      <Route path="/u/:userId" component={Person}>
        <Route path="/" />
        <Route path="/p/:mediaId" component={Viewer} />
      </Route>
      {/* Mails lead here, whatever it is called inside. */}
      <Route path="/account" component={() => <Navigate href="/you/security" />} />
      <Route path="/undo" component={Undo} />
      <Route path="/banned" component={Ban} />
      <Route path="/appeal" component={Appeal} />
      <Route path="/terms" component={Terms} />
      <Route path="/privacy" component={Privacy} />
      <Route path="/you" component={You} />
      <Route path="/you/security" component={Security} />
      <Route path="/you/data" component={OwnData} />
      <Route path="/you/trash" component={Trash} />
      <Route path="/you/blocked" component={Blocked} />
      <Route path="/notifications" component={Notifications} />
      <Route path="/notifications/settings" component={NotificationSettings} />
      <Route path="/mute" component={Mute} />
      <Route path="/camera" component={CameraPage} />
      <Route path="/parts" component={Parts} />
      <Route path="/share" component={Share} />
      <Route path="/you/uploads" component={MyUploads} />
      <Route path="/desk/:tab?" component={Desk} />
      <Route path="/health" component={Health} />
      <Route path="*" component={NotHere} />
    </Router>
  )
}

function Root(props: RouteSectionProps): JSX.Element {
  const navigate = useNavigate()
  const location = useLocation()
  const askToSignIn = () => {
    if (!location.pathname.startsWith('/sign-')) navigate(withNext('/sign-in', location.pathname + location.search))
  }
  const shoebox = composeShoebox({ askToSignIn, goToUploads: () => navigate('/you/uploads') })
  useBeforeLeave(({ to }) => headFor(typeof to === 'string' ? to : null))

  return (
    <ShoeboxContext.Provider value={shoebox}>
      <Shell>
        <ErrorBoundary fallback={(_error, reset) => (isReloading() ? undefined : <Broken onLeave={reset} />)}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      </Shell>
      <Suspense>
        <Show when={isAskedForTerms()}>
          <TermsGate />
        </Show>
      </Suspense>
      {/* Each for itself: what comes later would take the other out of the page, and a dialog is not modal any more after that. */}
      <Suspense>
        <Show when={waitingWarning()}>{(warning) => <WarningGate warning={warning()} />}</Show>
      </Suspense>
      <UploadCorner />
      <DownloadCorner />
      <DropZone />
      <ToastList />
    </ShoeboxContext.Provider>
  )
}

/** In the place of a screen, until another is gone to. */
function Broken(props: { onLeave: () => void }): JSX.Element {
  const place = useLocation()
  createEffect(
    on(
      () => place.pathname,
      () => props.onLeave(),
      { defer: true },
    ),
  )
  createEffect(() => reloadWhenDone())
  const said = () =>
    isOutdated() ? words.fault.outdated : { title: words.fault.title, text: words.fault.ours, load: words.fault.retry }
  return (
    <NoticeFrame
      icon={<FirstIcon name={isOutdated() ? 'retry' : 'warning'} size={26} />}
      title={said().title}
      text={said().text}
      alert
      isPage
    >
      <button type="button" class="button button-main" onClick={loadNewPage}>
        {said().load}
      </button>
    </NoticeFrame>
  )
}
