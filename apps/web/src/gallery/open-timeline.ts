import { serverNow } from '../api/server-clock.ts'
import { api } from '../api/client.ts'
import { onApart } from '../safety/apart.ts'
import type { GalleryFilter, GroupId } from './gallery-item.ts'
import { Timeline } from './timeline-store.ts'

/** The viewer's own zone decides what is today and which month a picture belongs to. */
const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const monthOf = (moment: string): string => {
  const date = new Date(moment)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`
}

/** Galleries of this visit, the last one last: whoever comes back finds theirs as it stood, to the pixel. */
const kept = new Map<string, Timeline>()
const keptMax = 4

onApart((userId, isApart) => {
  for (const timeline of kept.values()) {
    if (isApart) timeline.leaveOut(userId)
    else void timeline.takeBackIn(userId)
  }
})

/** The gallery of a group as somebody left it, or a new one. */
export function findTimeline(userId: string, groupId: GroupId, filter: GalleryFilter, search: string): Timeline {
  const key = [userId, groupId, search].join()
  const timeline = kept.get(key) ?? openTimeline(groupId, filter, search)
  kept.delete(key)
  kept.set(key, timeline)
  for (const oldest of [...kept.keys()].slice(0, -keptMax)) kept.delete(oldest)
  return timeline
}

/** A group's gallery as the API tells it, of what fits the filter. `search`: how the filter stands in the address. */
const openTimeline = (groupId: GroupId, filter: GalleryFilter, search: string): Timeline =>
  new Timeline({
    groupId,
    timeline: () => api.gallery.timeline.query({ groupId, zone: zone(), filter }),
    page: (cursor, size) =>
      api.gallery.page.query({ groupId, zone: zone(), filter, size, ...(cursor === null ? {} : { cursor }) }),
    names: (cursor, signal, size) =>
      api.gallery.ids.query({ groupId, zone: zone(), filter, size, ...(cursor === null ? {} : { cursor }) }, signal),
    item: (mediaId) => api.gallery.item.query({ mediaId }),
    hrefOf: (mediaId) => `/g/${groupId}${mediaId === null ? '' : `/p/${mediaId}`}${search}`,
    monthOf,
    nowMs: serverNow,
  })
