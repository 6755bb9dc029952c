// What the desk of moderators and administrators says. Loaded with it.
export const enDesk = {
  title: 'Desk',
  lead: 'What needs somebody’s judgement.',
  loading: 'Opening the desk…',
  failedTitle: 'The desk did not open',
  stepUpTitle: 'Enter a code first',
  tabsLabel: 'Parts of the desk',
  tabs: { reports: 'Reports' },
}
