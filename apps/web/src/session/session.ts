// Who is signed in, as the API says. Everything that shows a name, offers a like or sends a file asks here.
import { createSignal } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { forgetPictures } from '../pictures/forget-pictures.ts'
import { planWait } from '../upload/back-off.ts'
import { askForTerms } from './terms-asked.ts'
import { setWaitingWarning } from './waiting-warning.ts'
import { withWords } from '../words/translation.ts'

type Me = Outputs['account']['me']
export type User = NonNullable<Me['user']>

export type Session = ReturnType<typeof createSession>

const hintKey = 'shoebox.member'

function readHint(): boolean {
  try {
    return localStorage.getItem(hintKey) !== null
  } catch {
    return false
  }
}

function writeHint(isMember: boolean): void {
  try {
    if (isMember) localStorage.setItem(hintKey, '1')
    else localStorage.removeItem(hintKey)
  } catch {
    // Only a hint; without storage a member's first paint is a visitor's.
  }
}

/** Runs it after so many milliseconds, or as soon as there is a network again. */
function runLater(run: () => void, afterMs: number): void {
  const go = () => {
    clearTimeout(timer)
    removeEventListener('online', go)
    run()
  }
  const timer = setTimeout(go, afterMs)
  addEventListener('online', go)
}

export function createSession(later = runLater) {
  const [user, setUser] = createSignal<User | null>()
  const wasMember = readHint()
  let isDecided = false
  const set = (next: User | null) => {
    isDecided = true
    if (next === null && (wasMember || user())) {
      void forgetPictures().catch(() => undefined)
      void withWords(import('../notifications/push-device.ts'))
        .then(({ forgetPushes }) => forgetPushes())
        .catch(() => undefined)
    }
    writeHint(next !== null)
    setUser(next)
  }
  const learn = (me: Me) => {
    set(me.user)
    if (me.mustAcceptTerms) void askForTerms()
    setWaitingWarning(me.warning)
  }
  const ask = (attempt: number): void =>
    void api.account.me.query().then(
      // Whoever signed in or out meanwhile knows better.
      (me) => isDecided || learn(me),
      () => {
        if (isDecided) return
        // No answer is no sign-out: nothing is forgotten, a member stays one, and it is asked until there is one: what
        // is added waits for it.
        if (!wasMember) setUser(null)
        later(() => ask(attempt + 1), planWait(attempt + 1, Math.random()))
      },
    )
  ask(1)

  return {
    /** Undefined while nobody knows yet; null for a visitor. */
    user,
    /** What to draw before the API has answered, so that nothing moves when it does: a visitor, unless signed in last time. */
    isVisitor: () => user() === null || (user() === undefined && !wasMember),
    enter(entered: User): void {
      set(entered)
      api.account.me.query().then(
        (me) => me.user?.id === user()?.id && learn(me),
        // Told at the next visit.
        () => undefined,
      )
    },
    /** The same person under another name or address. */
    change: (change: Partial<Omit<User, 'id'>>) => setUser((now) => now && { ...now, ...change }),
    async signOut(): Promise<void> {
      await api.account.signOut.mutate()
      // A session that ended elsewhere leaves them: the same person goes on with them.
      void withWords(import('../upload/kept-files.ts'))
        .then(({ forgetKept }) => forgetKept())
        .catch(() => undefined)
      set(null)
    },
    /** A call was refused for want of a session: it ended elsewhere. */
    expire: () => set(null),
  }
}
