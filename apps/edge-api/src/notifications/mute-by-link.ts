// What the links of a digest do. They work without a session: the proof in them is ours, and says of whom they are.
// Looking changes nothing, however it is done; a scanner that opens each link of a mail ends nobody's mails.
import type { GroupId, UserId } from '@shoebox/shared/ids.ts'
import { digestFrequencies, type DigestFrequency } from '@shoebox/shared/notices/digest.ts'
import { notificationLevels, type NotificationLevel } from '@shoebox/shared/groups/policies.ts'
import { muteText, readMuteToken, type Muted } from '@shoebox/shared/notices/mute-token.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { MuteOutput } from './push.schema.ts'

export type MuteByLinkDeps = {
  /** Whether a text was signed by us, for links. */
  readonly isLinkMac: (text: string, mac: string) => Promise<boolean>
  readonly findMuteState: (muted: Muted) => Promise<MuteOutput | null>
  /** Each answers how it was before, or null where there is nothing to set. */
  readonly setLevel: (wish: {
    userId: UserId
    groupId: GroupId
    level: NotificationLevel
  }) => Promise<MuteOutput | null>
  readonly setFrequency: (wish: { userId: UserId; frequency: DigestFrequency }) => Promise<MuteOutput | null>
}

type LinkRefused = { readonly code: 'not_found' }

async function readLink({ isLinkMac }: MuteByLinkDeps, token: string): Promise<Muted | null> {
  const read = readMuteToken(token)
  return read !== null && (await isLinkMac(muteText(read.muted), read.mac)) ? read.muted : null
}

/** What a link is about, and how that is now. */
export async function findMute(deps: MuteByLinkDeps, token: string): Promise<Result<MuteOutput, LinkRefused>> {
  const muted = await readLink(deps, token)
  const state = muted === null ? null : await deps.findMuteState(muted)
  return state === null ? refuse({ code: 'not_found' }) : accept(state)
}

const isOf = <T extends string>(words: readonly T[], word: string): word is T =>
  (words as readonly string[]).includes(word)

/**
 * Ends what a link is about, or sets it back. Answers how it was before.
 * @param to absent: off. A word of the other kind of link changes nothing
 */
export async function muteByLink(
  deps: MuteByLinkDeps,
  { token, to }: { readonly token: string; readonly to?: string | undefined },
): Promise<Result<MuteOutput, LinkRefused>> {
  const before = await set(deps, await readLink(deps, token), to)
  return before === null ? refuse({ code: 'not_found' }) : accept(before)
}

async function set(deps: MuteByLinkDeps, muted: Muted | null, to: string | undefined): Promise<MuteOutput | null> {
  if (muted === null) return null
  const { userId, groupId } = muted
  if (groupId === null) {
    const frequency = to ?? 'off'
    return isOf(digestFrequencies, frequency) ? await deps.setFrequency({ userId, frequency }) : null
  }
  const level = to ?? 'none'
  return isOf(notificationLevels, level) ? await deps.setLevel({ userId, groupId, level }) : null
}
