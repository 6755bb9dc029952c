import { api } from '../api/client.ts'
import type { GalleryFilter, GroupId } from './gallery-item.ts'
import { Timeline } from './timeline-store.ts'

/** The viewer's own zone decides what is today and which month a picture belongs to. */
const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const monthOf = (moment: string): string => {
  const date = new Date(moment)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`
}

/** A group's gallery as the API tells it, of what fits the filter. `search`: how the filter stands in the address. */
export const openTimeline = (groupId: GroupId, filter: GalleryFilter, search: string): Timeline =>
  new Timeline({
    groupId,
    timeline: () => api.gallery.timeline.query({ groupId, zone: zone(), filter }),
    page: (cursor, size) =>
      api.gallery.page.query({ groupId, zone: zone(), filter, size, ...(cursor === null ? {} : { cursor }) }),
    item: (mediaId) => api.gallery.item.query({ mediaId }),
    hrefOf: (mediaId) => `/g/${groupId}${mediaId === null ? '' : `/p/${mediaId}`}${search}`,
    monthOf,
    nowMs: Date.now,
  })
