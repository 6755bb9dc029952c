import { api } from '../api/client.ts'
import type { GalleryFilter, GroupId } from './gallery-item.ts'
import { Timeline } from './timeline-store.ts'

/** The viewer's own zone decides what is today and which month a picture belongs to. */
const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** A group's gallery as the API tells it, of what fits the filter. */
export const openTimeline = (groupId: GroupId, filter: GalleryFilter): Timeline =>
  new Timeline({
    timeline: () => api.gallery.timeline.query({ groupId, zone: zone(), filter }),
    page: (cursor, size) =>
      api.gallery.page.query({ groupId, zone: zone(), filter, size, ...(cursor === null ? {} : { cursor }) }),
    item: (mediaId) => api.gallery.item.query({ mediaId }),
    hrefOf: (mediaId) => `/g/${groupId}/p/${mediaId}`,
    nowMs: Date.now,
  })
