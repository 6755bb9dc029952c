import { api } from '../api/client.ts'
import { queryClient } from '../api/query-client.ts'
import type { GroupId } from '../gallery/gallery-item.ts'

/** What the group's pages show of it is asked for again. */
export const renewGroup = (groupId: GroupId): void => {
  void queryClient.invalidateQueries({ queryKey: api.groups.find.key({ groupId }) })
  void queryClient.invalidateQueries({ queryKey: api.groups.mine.key() })
}
