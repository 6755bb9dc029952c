// The uploads by what they have in common: where they stand, or why they ended. One explanation for all of a group.
import type { RefusalCode } from '@shoebox/shared/refusals.ts'
import { uploadWords } from '../words/upload-words.ts'
import { sentenceForRefusal } from '../words/words.ts'
import type { Trouble, UploadItem } from './upload-item.ts'

export type GroupName = 'sending' | 'inspecting' | 'waiting' | 'added' | Trouble | RefusalCode

export type UploadGroup = {
  readonly name: GroupName
  readonly title: string
  /** What happened and what to do about it. */
  readonly hint: string | null
  readonly isBad: boolean
  /** In the order added; what was added to the feed newest first. */
  readonly items: readonly UploadItem[]
}

function nameGroup(item: UploadItem): GroupName {
  if (item.state === 'failed') return item.trouble ?? 'network'
  if (item.state === 'refused') return item.refusal?.code ?? 'type_unknown'
  if (item.state === 'ready') return 'added'
  if (item.state === 'received' || item.state === 'inspecting') return 'inspecting'
  return item.state === 'sending' ? 'sending' : 'waiting'
}

/** Before these stands what went wrong: failures, then each refusal. */
const orderAfter = ['inspecting', 'waiting', 'added'] as const satisfies GroupName[]
const orderBefore = ['sending', 'network', 'unreadable'] as const satisfies GroupName[]

/** Under way first, then what needs a hand, then what only waits or is done. */
export function groupUploads(items: readonly UploadItem[]): UploadGroup[] {
  const byName = Map.groupBy(items, nameGroup)
  const fixed: readonly GroupName[] = [...orderBefore, ...orderAfter]
  const refusals = [...byName.keys()].filter((name) => !fixed.includes(name))
  return [...orderBefore, ...refusals, ...orderAfter].flatMap((name) => {
    const members = byName.get(name)
    return members === undefined ? [] : [describeGroup(name, members, items.length)]
  })
}

function describeGroup(name: GroupName, items: readonly UploadItem[], total: number): UploadGroup {
  const group = { name, title: titleOf(name, items.length, total), items, hint: null, isBad: false }
  const upload = uploadWords
  switch (name) {
    case 'sending':
    case 'waiting':
      return group
    case 'added':
      return { ...group, items: items.toReversed() }
    case 'inspecting':
      return items.some((item) => item.isSlow) ? { ...group, hint: upload.slow } : group
    case 'network':
      return { ...group, isBad: true, hint: upload.failed }
    case 'unreadable':
      return { ...group, isBad: true, hint: upload.unreadable }
    default:
      return { ...group, isBad: name !== 'duplicate', hint: sentenceForRefusal({ code: name }) }
  }
}

function titleOf(name: GroupName, count: number, total: number): string {
  const { groups, causes } = uploadWords
  if (name === 'over_day_quota') return groups.overDay(count, total)
  if (name === 'over_total_quota') return groups.overTotal(count, total)
  if (hasOwn(groups, name)) return groups[name](count)
  return groups.other(hasOwn(causes, name) ? causes[name] : uploadWords.states.refused, count)
}

const hasOwn = <T extends object>(record: T, name: PropertyKey): name is keyof T => Object.hasOwn(record, name)
