// Who is signed in, as the API says. Everything that shows a name, offers a like or sends a file asks here.
import { createSignal } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'

export type User = NonNullable<Outputs['account']['me']['user']>

export type Session = ReturnType<typeof createSession>

export function createSession() {
  const [user, setUser] = createSignal<User | null>()
  let isDecided = false
  const set = (next: User | null) => {
    isDecided = true
    setUser(next)
  }
  api.account.me.query().then(
    // Whoever signed in or out meanwhile knows better.
    (answer) => isDecided || set(answer.user),
    () => isDecided || set(null),
  )

  return {
    /** Undefined while nobody knows yet; null for a visitor. */
    user,
    enter: (entered: User) => set(entered),
    async signOut(): Promise<void> {
      await api.account.signOut.mutate()
      set(null)
    },
    /** A call was refused for want of a session: it ended elsewhere. */
    expire: () => set(null),
  }
}
