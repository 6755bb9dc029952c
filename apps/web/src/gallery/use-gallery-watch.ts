// Keeps a gallery true while somebody looks at it: asks gently whether anything is new, at once when an upload of their
// own is ready, and never in a hidden tab.
import { createEffect, on, onCleanup } from 'solid-js'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import type { GroupId } from './gallery-item.ts'
import type { Timeline } from './timeline-store.ts'

const everyMs = 10_000

export function useGalleryWatch(groupId: GroupId, timeline: () => Timeline): void {
  const { uploads } = useShoebox()
  createEffect(
    on(timeline, (opened) => {
      let after: string | null = null
      let isAsking = false
      const ask = async () => {
        after ??= opened.sinceCursor()
        if (document.hidden || isAsking || after === null) return
        isAsking = true
        try {
          const answer = await api.gallery.since.query({ groupId, after })
          after = answer.sinceCursor
          if (answer.items.some((item) => opened.placeOf(item.id) === undefined)) await opened.load()
        } catch {
          // The next question comes soon enough; the gallery as it stands is still right.
        } finally {
          isAsking = false
        }
      }
      const wake = () => void ask()
      const timer = setInterval(wake, everyMs)
      document.addEventListener('visibilitychange', wake)
      const stop = uploads.onReady((_item, destination) => {
        if (destination.kind === 'group' && destination.groupId === groupId) void opened.load()
      })
      onCleanup(stop)
      onCleanup(() => {
        clearInterval(timer)
        document.removeEventListener('visibilitychange', wake)
      })
    }),
  )
}
