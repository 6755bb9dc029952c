// What B18's tasks take in Immich's web client: nothing measured, each step read from its source. The paths are those of
// github.com/immich-app/immich, in versions of 2025 and 2026; `web/src/lib` is written `$lib` there and here. Where two
// ways lead to the same, the shorter one stands here. Text that is typed counts on neither side.

export type Step = { readonly act: 'click' | 'key'; readonly what: string; readonly file: string }

const click = (what: string, file: string): Step => ({ act: 'click', what, file })
const key = (what: string, file: string): Step => ({ act: 'key', what, file })

const album = 'web/src/routes/(user)/albums/[albumId=id]/[[photos=photos]]/[[assetId=id]]/+page.svelte'
const sidebar = '$lib/components/shared-components/side-bar/UserSidebar.svelte'
const albums = 'web/src/routes/(user)/albums/+page.svelte'
const thumbnail = '$lib/components/assets/thumbnail/Thumbnail.svelte'
const timeline = '$lib/components/timeline/Timeline.svelte'
const login = 'web/src/routes/auth/login/+page.svelte'
const keys = '$lib/components/timeline/actions/TimelineKeyboardActions.svelte'
const settings = '$lib/components/user-settings-page/notifications-settings.svelte'
const download = '$lib/components/timeline/actions/DownloadAction.svelte'

const viewerSteps = Array.from({ length: 10 }, () =>
  key('→', '$lib/components/asset-viewer/actions/NextAssetAction.svelte'),
)

export const immichSteps = {
  // `web/src/routes/+page.ts` leads to the login page by itself; no field of it has the focus.
  signIn: [click('the address field', login), key('Tab to the password', login), key('Enter', login)],
  upload: [
    click('Albums', sidebar),
    click('the album', albums),
    click('Add photos', album),
    click('Select from computer', album),
  ],
  view: [click('a photo', thumbnail), ...viewerSteps],
  download: [
    click('the check of the first', thumbnail),
    key('Shift, held', timeline),
    click('the last', timeline),
    key('Shift', download),
    key('D', download),
  ],
  trash: [
    click('the check', thumbnail),
    key('Delete', keys),
    click('Undo, which stands for 5 s', '$lib/utils/actions.ts'),
  ],
  jump: [click('the month at the edge', '$lib/components/timeline/Scrubber.svelte')],
  invite: [
    click('Share', album),
    click('Create link', '$lib/modals/AlbumShareModal.svelte'),
    click('Create link', '$lib/modals/SharedLinkCreateModal.svelte'),
    click('Copy link to clipboard', '$lib/modals/QrCodeModal.svelte'),
  ],
  mute: [
    click('the avatar', '$lib/components/shared-components/navigation-bar/NavigationBar.svelte'),
    click('Account Settings', '$lib/components/shared-components/navigation-bar/AccountInfoPanel.svelte'),
    click('Notifications', '$lib/components/user-settings-page/user-settings-list.svelte'),
    click('Album updated', settings),
    click('Save', settings),
  ],
} satisfies Record<string, readonly Step[]>

export const countSteps = (steps: readonly Step[], act: Step['act']): number =>
  steps.filter((step) => step.act === act).length
