// The mail of what somebody has not read, by group. Each group can be muted from it, and the whole be ended, by who has
// the mail and without signing in; nothing happens by merely opening a link (RFC 8058, ADR 26).
import type { Digest, DigestLine } from '@shoebox/db/stores/digest-store.ts'
import type { GroupId } from '@shoebox/shared/ids.ts'
import { mutePath, type Muted } from '@shoebox/shared/notices/mute-token.ts'
import { noticeSentences } from '@shoebox/shared/notices/sentences.ts'
import { greet, lay, nameOr, type Mail, type Paragraph } from '../mail/lay-out-mail.ts'

export type ComposeDigestDeps = {
  readonly siteOrigin: string
  readonly signMute: (muted: Muted) => string
}

export function composeDigest({ siteOrigin, signMute }: ComposeDigestDeps, digest: Digest): Mail {
  const { userId, name, timeZone, lines } = digest
  const sayWhen = makeSayWhen(timeZone)
  const muteLink = (groupId: GroupId | null) => siteOrigin + mutePath(signMute({ userId, groupId }))
  const groups = Map.groupBy(lines, ({ groupId }) => groupId)
  const parts = [...groups].flatMap(([groupId, told]): Paragraph[] => {
    const place = groupId === null ? 'The public feed' : nameOf(told[0]?.groupName ?? null)
    return [
      { title: place, lines: told.map((line) => `${sayLine(line)}, ${sayWhen(line.lastAt)}`) },
      { link: groupId === null ? `${siteOrigin}/` : `${siteOrigin}/g/${groupId}`, label: 'Open' },
      ...(groupId === null ? [] : [{ link: muteLink(groupId), label: 'Tell me nothing more of this group' }]),
    ]
  })
  const endLink = muteLink(null)
  const mail = lay('What is new since you last looked', [
    greet(name),
    'This happened on Shoebox, and you have not seen it yet:',
    ...parts,
    `Times are those of ${timeZone === null ? 'UTC' : timeZone.replaceAll('_', ' ')}.`,
    { link: `${siteOrigin}/notifications/settings`, label: 'How often you get this mail' },
    { link: endLink, label: 'Send me no more of these mails' },
  ])
  return {
    ...mail,
    headers: { 'List-Unsubscribe': `<${endLink}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  }
}

const nameOf = (group: string | null): string => nameOr(group ?? '', 'a group')

const sayLine = ({ kind, count, actorName, groupName, role }: DigestLine): string =>
  noticeSentences[kind]({
    actor: nameOr(actorName, 'Somebody'),
    count,
    group: groupName === null ? null : nameOf(groupName),
    role,
  })

/** In the reader's zone; in UTC where it is not known, or not to this Node. */
function makeSayWhen(timeZone: string | null): (at: Date) => string {
  const style = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const
  try {
    const format = new Intl.DateTimeFormat('en-GB', { ...style, timeZone: timeZone ?? 'UTC' })
    return (at) => format.format(at)
  } catch {
    return makeSayWhen(null)
  }
}
