// The parts of the desk, in their order: where each is, what it is called, and who has it. Each has a chunk of its own.
import type { Component } from 'solid-js'
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import { lazyPart } from '../ui/lazy-part.ts'
import type { deskWords } from '../words/desk-words.ts'

export type DeskTab = {
  /** Below `/desk`; the first one has none. */
  readonly path: string
  /** What it is called in the dictionary. */
  readonly name: keyof typeof deskWords.tabs
  readonly least: Extract<SiteRole, 'moderator' | 'administrator'>
  readonly screen: Component
}

export const deskTabs: readonly DeskTab[] = [
  {
    path: '',
    name: 'reports',
    least: 'moderator',
    screen: lazyPart(() => import('./desk-queue.tsx').then((file) => file.DeskQueue)),
  },
  {
    path: 'held',
    name: 'held',
    least: 'moderator',
    screen: lazyPart(() => import('./review-tab.tsx').then((file) => file.ReviewTab)),
  },
  {
    path: 'people',
    name: 'people',
    least: 'moderator',
    screen: lazyPart(() => import('./ban-people.tsx').then((file) => file.PeopleTab)),
  },
  {
    path: 'appeals',
    name: 'appeals',
    least: 'moderator',
    screen: lazyPart(() => import('./appeal-desk.tsx').then((file) => file.AppealsTab)),
  },
  {
    path: 'audit',
    name: 'audit',
    least: 'administrator',
    screen: lazyPart(() => import('./audit-tab.tsx').then((file) => file.AuditTab)),
  },
  {
    path: 'system',
    name: 'system',
    least: 'administrator',
    screen: lazyPart(() => import('./health-tab.tsx').then((file) => file.HealthTab)),
  },
]

export const tabsFor = (role: SiteRole): readonly DeskTab[] =>
  deskTabs.filter(({ least }) => role === 'administrator' || role === least)
