// The parts of the desk, in their order: where each is, what it is called, and who has it. Each has a chunk of its own.
import { lazy, type Component } from 'solid-js'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import { deskWords } from '../words/desk-words.ts'

export type DeskTab = {
  /** Below `/desk`; the first one has none. */
  readonly path: string
  readonly label: string
  readonly least: Extract<SiteRole, 'moderator' | 'administrator'>
  readonly screen: Component
}

export const deskTabs: readonly DeskTab[] = [
  {
    path: '',
    label: deskWords.tabs.reports,
    least: 'moderator',
    screen: lazy(() => import('./desk-queue.tsx').then((file) => ({ default: file.DeskQueue }))),
  },
  {
    path: 'held',
    label: deskWords.tabs.held,
    least: 'moderator',
    screen: lazy(() => import('./review-tab.tsx').then((file) => ({ default: file.ReviewTab }))),
  },
  {
    path: 'people',
    label: deskWords.tabs.people,
    least: 'moderator',
    screen: lazy(() => import('./ban-people.tsx').then((file) => ({ default: file.PeopleTab }))),
  },
  {
    path: 'appeals',
    label: deskWords.tabs.appeals,
    least: 'moderator',
    screen: lazy(() => import('./appeal-desk.tsx').then((file) => ({ default: file.AppealsTab }))),
  },
  {
    path: 'audit',
    label: deskWords.tabs.audit,
    least: 'administrator',
    screen: lazy(() => import('./audit-tab.tsx').then((file) => ({ default: file.AuditTab }))),
  },
  {
    path: 'system',
    label: deskWords.tabs.system,
    least: 'administrator',
    screen: lazy(() => import('./health-tab.tsx').then((file) => ({ default: file.HealthTab }))),
  },
]

export const tabsFor = (role: SiteRole): readonly DeskTab[] =>
  deskTabs.filter(({ least }) => role === 'administrator' || role === least)
