import type { Push } from '@shoebox/db/stores/delivery-store.ts'
import { uuidOf } from '@shoebox/shared/ids.ts'
import { pushKeptSeconds } from '@shoebox/shared/notices/delivery.ts'
import { plainKinds, type NoticeKind } from '@shoebox/shared/notices/kinds.ts'
import { placeOf } from '@shoebox/shared/notices/place-of.ts'
import { andMore, namelessSentence, noticeSentences } from '@shoebox/shared/notices/sentences.ts'
import type { PushMessage } from './push-message.ts'

const plain: readonly NoticeKind[] = plainKinds

/**
 * What a browser is woken with: one sentence, where it leads, and what it takes the place of on the screen. No picture,
 * nothing that anybody wrote, and no name where the reader wants none on a locked screen.
 */
export function composePush(push: Push): PushMessage {
  const { kind, count, actorName, groupId, groupName, role, others, showsNames } = push
  const sentence = noticeSentences[kind]({ actor: actorName, count, group: groupName, role })
  const text = showsNames ? sentence + andMore(others) : namelessSentence
  // One for each place: what comes later in a group takes the place of what was there.
  const tag = groupId === null ? 'feed' : uuidOf(groupId).replaceAll('-', '')
  return {
    body: JSON.stringify({ text, path: placeOf(push), tag }),
    keptSeconds: pushKeptSeconds,
    urgency: plain.includes(kind) ? 'low' : 'normal',
    topic: tag,
  }
}
