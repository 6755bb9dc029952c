import type { GroupId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import type { MonthsInput, MonthsOutput } from './gallery.schema.ts'

export type DayRow = {
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly count: number
}

export type ListMonthsDeps = {
  /** Newest first. */
  readonly readGalleryDays: (wish: {
    groupId: GroupId
    filter: MonthsInput['filter']
    zone: string
  }) => Promise<GroupRead<readonly DayRow[]>>
}

/** How much of the gallery lies in which month, so that a timeline has its height before it is loaded. */
export async function listMonths(
  deps: ListMonthsDeps,
  input: MonthsInput,
): Promise<Result<MonthsOutput, MembershipRefusal>> {
  const checked = checkMembership(await deps.readGalleryDays(input), 'viewer')
  return checked.ok ? accept(sumMonths(checked.value.found)) : checked
}

export function sumMonths(rows: readonly DayRow[]): MonthsOutput {
  const months = new Map<string, MonthsOutput['months'][number]>()
  let total = 0
  for (const { day, count } of rows) {
    const [year = '', number = '', ofMonth] = day.split('-')
    const month = `${year}-${number}`
    const sum = months.get(month) ?? { month, count: 0, days: [] }
    sum.count += count
    sum.days.push({ day: Number(ofMonth), count })
    months.set(month, sum)
    total += count
  }
  return { months: [...months.values()], total }
}
