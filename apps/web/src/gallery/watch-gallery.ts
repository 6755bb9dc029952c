// Keeps a gallery true while somebody looks at it: asks gently whether anything is new, at once when an upload of their
// own is ready, and never in a hidden tab.
import { createEffect, on, onCleanup } from 'solid-js'
import { api } from '../api/client.ts'
import { useShoebox } from '../compose.ts'
import type { GroupId } from './gallery-item.ts'
import type { Timeline } from './timeline-store.ts'

const everyMs = 10_000

export function watchGallery(groupId: GroupId, timeline: () => Timeline): void {
  const { uploads } = useShoebox()
  createEffect(
    on(timeline, (opened) => {
      let after: string | null = null
      let isAsking = false
      const ask = async () => {
        if (document.hidden || isAsking || opened.state() !== 'ready') return
        isAsking = true
        try {
          const answer = await api.gallery.since.query({ groupId, ...(after === null ? {} : { after }) })
          const isNew = after !== null && answer.items.some((item) => opened.placeOf(item.id) === undefined)
          after = answer.sinceCursor
          if (isNew) await opened.load()
        } catch {
          // The next question comes soon enough; the gallery as it stands is still right.
        } finally {
          isAsking = false
        }
      }
      const wake = () => void ask()
      const timer = setInterval(wake, everyMs)
      document.addEventListener('visibilitychange', wake)
      onCleanup(uploads.onReady((_item, destination) => destination === groupId && void opened.load()))
      onCleanup(() => {
        clearInterval(timer)
        document.removeEventListener('visibilitychange', wake)
      })
    }),
  )
}
