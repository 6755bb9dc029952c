import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { uuid } from './tables.ts'

const groups = { hills: 1, family: 2, film: 3, garden: 4, runners: 5 } as const
export type GroupName = keyof typeof groups

export const groupUuid = (name: GroupName): string => uuid('group', groups[name])
export const groupId = (name: GroupName) => numberedId('group', groups[name])
