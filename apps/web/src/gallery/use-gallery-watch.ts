// Keeps a gallery true while somebody looks at it: asks gently whether anything is new, at once when an upload of their
// own is ready, and never in a hidden tab.
import { createEffect, on, onCleanup } from 'solid-js'
import { api } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { useShoebox } from '../compose.ts'
import { renewGroup } from '../groups/renew-group.ts'
import type { GroupId } from './gallery-item.ts'
import type { Timeline } from './timeline-store.ts'

const everyMs = 10_000

export function useGalleryWatch(groupId: GroupId, timeline: () => Timeline): void {
  const { uploads } = useShoebox()
  createEffect(
    on(timeline, (opened) => {
      let after: string | null = null
      let isAsking = false
      const reload = async () => {
        await opened.load()
        renewGroup(groupId)
      }
      const ask = async () => {
        after ??= opened.sinceCursor()
        if (document.hidden || isAsking || after === null) return
        isAsking = true
        try {
          const answer = await api.gallery.since.query({ groupId, after })
          after = answer.sinceCursor
          if (answer.items.some((item) => opened.find(item.id) === undefined)) await reload()
        } catch (error) {
          // Not in the group any more: its page has to say so. Any other failure can wait for the next question.
          if (isRefusedWith(error, 'not_found')) renewGroup(groupId)
        } finally {
          isAsking = false
        }
      }
      const wake = () => void ask()
      const timer = setInterval(wake, everyMs)
      document.addEventListener('visibilitychange', wake)
      const stop = uploads.onReady((_items, destination) => {
        if (destination.kind === 'group' && destination.groupId === groupId) void reload()
      })
      onCleanup(stop)
      onCleanup(() => {
        clearInterval(timer)
        document.removeEventListener('visibilitychange', wake)
      })
    }),
  )
}
