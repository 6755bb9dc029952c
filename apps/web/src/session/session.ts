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

/** Every tab of the browser has the same session: the others are told by this when it becomes another's. */
function writeHint(userId: User['id'] | undefined): void {
  try {
    if (userId === undefined) localStorage.removeItem(hintKey)
    else localStorage.setItem(hintKey, userId)
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
  /** Grows with each question and each entering or leaving: only the last one knows who is signed in. */
  let turn = 0
  const set = (next: User | null) => {
    turn += 1
    if (next === null && (wasMember || user())) {
      void forgetPictures().catch(() => undefined)
      void withWords(import('../notifications/push-device.ts'))
        .then(({ forgetPushes }) => forgetPushes())
        .catch(() => undefined)
    }
    writeHint(next?.id)
    setUser(next)
  }
  const learn = (me: Me) => {
    set(me.user)
    if (me.mustAcceptTerms) void askForTerms()
    setWaitingWarning(me.warning)
  }
  const ask = (attempt: number): void => {
    const asked = (turn += 1)
    api.account.me.query().then(
      (me) => asked === turn && learn(me),
      () => {
        if (asked !== turn) return
        // No answer is no sign-out: nothing is forgotten, a member stays one, and it is asked until there is one: what
        // is added waits for it.
        if (!wasMember && user() === undefined) setUser(null)
        later(() => asked === turn && ask(attempt + 1), planWait(attempt + 1, Math.random()))
      },
    )
  }
  ask(1)
  addEventListener('storage', ({ key }) => key === hintKey && ask(1))

  return {
    /** Undefined while nobody knows yet; null for a visitor. */
    user,
    /** What to draw before the API has answered, so that nothing moves when it does: a visitor, unless signed in last time. */
    isVisitor: () => user() === null || (user() === undefined && !wasMember),
    enter(entered: User): void {
      set(entered)
      void withWords(import('../share/shared-files.ts'))
        .then(({ claimShared }) => claimShared(entered.id))
        .catch(() => undefined)
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
      void withWords(import('../share/shared-files.ts'))
        .then(({ forgetShared }) => forgetShared())
        .catch(() => undefined)
      set(null)
    },
    /** A call was refused for want of a session: it ended elsewhere. */
    expire: () => set(null),
    /** The same, where it may be another person's by now. True: it is, and the page knows them from here on. */
    async findOther(): Promise<boolean> {
      const before = user()?.id
      const me = await api.account.me.query().catch(() => null)
      if (me !== null && me.user !== null && me.user.id !== before && user()?.id === before) learn(me)
      const now = user()?.id
      return now !== undefined && now !== before
    },
  }
}
