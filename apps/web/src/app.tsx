// The routes. The feed is the parent of the viewer: opening a photo leaves the list as it stands.
import { Route, Router, useLocation, useNavigate, type RouteSectionProps } from '@solidjs/router'
import { ErrorBoundary, lazy, Show, Suspense, type JSX } from 'solid-js'
import { composeShoebox, ShoeboxContext } from './compose.ts'
import { FeedScreen } from './feed/feed-screen.tsx'
import { withNext } from './session/next-place.ts'
import { isAskedForTerms } from './session/terms-asked.ts'
import { Announcer } from './ui/announcer.tsx'
import { Notice } from './ui/notice.tsx'
import { Shell } from './ui/shell.tsx'
import { Toasts } from './ui/toasts.tsx'
import { DropZone } from './upload/drop-zone.tsx'
import { UploadCorner } from './upload/upload-corner.tsx'
import { words } from './words/words.ts'

const Viewer = lazy(() => import('./viewer/viewer.tsx').then((file) => ({ default: file.Viewer })))
const SignIn = lazy(() => import('./session/sign-in-screen.tsx').then((file) => ({ default: file.SignInScreen })))
const SignUp = lazy(() => import('./session/sign-up-screen.tsx').then((file) => ({ default: file.SignUpScreen })))
const SignUpCode = lazy(() => import('./session/code-screen.tsx').then((file) => ({ default: file.SignUpCodeScreen })))
const SignInCode = lazy(() => import('./session/code-screen.tsx').then((file) => ({ default: file.SignInCodeScreen })))
const Forgot = lazy(() => import('./session/forgot-screen.tsx').then((file) => ({ default: file.ForgotScreen })))
const Reset = lazy(() => import('./session/reset-screen.tsx').then((file) => ({ default: file.ResetScreen })))
const Terms = lazy(() => import('./session/terms-screen.tsx').then((file) => ({ default: file.TermsScreen })))
const Privacy = lazy(() => import('./session/terms-screen.tsx').then((file) => ({ default: file.PrivacyScreen })))
const TermsGate = lazy(() => import('./session/terms-gate.tsx').then((file) => ({ default: file.TermsGate })))
const Undo = lazy(() => import('./session/undo-screen.tsx').then((file) => ({ default: file.UndoScreen })))
const Groups = lazy(() => import('./groups/groups-screen.tsx').then((file) => ({ default: file.GroupsScreen })))
const Group = lazy(() => import('./groups/group-screen.tsx').then((file) => ({ default: file.GroupScreen })))
const People = lazy(() => import('./groups/people-screen.tsx').then((file) => ({ default: file.PeopleScreen })))
const GroupSettings = lazy(() =>
  import('./groups/group-settings-screen.tsx').then((file) => ({ default: file.GroupSettingsScreen })),
)
const Trash = lazy(() => import('./groups/trash-screen.tsx').then((file) => ({ default: file.TrashScreen })))
const Join = lazy(() => import('./groups/join-screen.tsx').then((file) => ({ default: file.JoinScreen })))
const You = lazy(() => import('./account/you-screen.tsx').then((file) => ({ default: file.YouScreen })))
const CameraPage = lazy(() => import('./camera/camera-screen.tsx').then((file) => ({ default: file.CameraScreen })))
const Uploads = lazy(() => import('./uploads/uploads-screen.tsx').then((file) => ({ default: file.UploadsScreen })))

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
      <Route path="/g/:groupId/trash" component={Trash} />
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
      <Route path="/undo" component={Undo} />
      <Route path="/terms" component={Terms} />
      <Route path="/privacy" component={Privacy} />
      <Route path="/you" component={You} />
      <Route path="/you/trash" component={Trash} />
      <Route path="/camera" component={CameraPage} />
      <Route path="/you/uploads" component={Uploads} />
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
  const shoebox = composeShoebox(askToSignIn)

  return (
    <ShoeboxContext.Provider value={shoebox}>
      <Shell>
        <ErrorBoundary fallback={<Broken />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
      </Shell>
      <Suspense>
        <Show when={isAskedForTerms()}>
          <TermsGate />
        </Show>
      </Suspense>
      <UploadCorner />
      <DropZone />
      <Toasts />
      <Announcer />
    </ShoeboxContext.Provider>
  )
}

function NotHere(): JSX.Element {
  return (
    <Notice icon="image" title={words.fault.notHereTitle} text={words.fault.notHere} isPage>
      <a class="button button-main" href="/">
        {words.fault.toFeed}
      </a>
    </Notice>
  )
}

function Broken(): JSX.Element {
  return (
    <Notice icon="warning" title={words.fault.title} text={words.fault.ours} alert isPage>
      <button type="button" class="button button-main" onClick={() => location.reload()}>
        {words.fault.retry}
      </button>
    </Notice>
  )
}
