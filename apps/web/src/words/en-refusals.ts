// What people read when Shoebox says no: what happened, then what to do. A new code does not compile until it is here.
import type { RefusalCode } from '@shoebox/shared/refusals.ts'

export type RefusalSentence = { readonly sentence: string; readonly nextStep: string }
export type RefusalSentences = Record<RefusalCode, RefusalSentence>

export const refusalSentences = {
  invalid_input: {
    sentence: 'Something in that request was not in the expected form.',
    nextStep: 'Check what you entered and try again.',
  },
  body_too_large: {
    sentence: 'That was more than we take in one request.',
    nextStep: 'Try again with less at once.',
  },
  wrong_origin: {
    sentence: 'That request did not come from this page.',
    nextStep: 'Reload the page and try again.',
  },
  sign_in_needed: { sentence: 'You need to be signed in for that.', nextStep: 'Sign in and try again.' },
  banned: { sentence: 'This account is banned.', nextStep: 'You can appeal, at /appeal.' },
  not_found: { sentence: 'This is not here, or no longer here.', nextStep: 'Go back to the feed.' },
  rate_limited: { sentence: 'That was a lot in a short time.', nextStep: 'Wait a moment, then try again.' },
  wrong_credentials: {
    sentence: 'That address and password do not belong together.',
    nextStep: 'Check both, or create an account.',
  },
  wrong_password: { sentence: 'That is not your password.', nextStep: 'Check it, or reset it from the sign-in page.' },
  step_up_needed: {
    sentence: 'This needs a fresh code from your mail.',
    nextStep: 'Ask for one, enter it, and try again.',
  },
  last_administrator: {
    sentence: 'Nobody else looks after this site.',
    nextStep: 'Make somebody else an administrator first.',
  },
  owns_groups: {
    sentence: 'There is a group of yours for which nothing is chosen.',
    nextStep: 'Choose for each one whether somebody else gets it or it ends.',
  },
  terms_not_accepted: {
    sentence: 'The terms in force have not been accepted.',
    nextStep: 'Read them and accept them, then go on.',
  },
  link_spent: {
    sentence: 'This link was used before, or is too old.',
    nextStep: 'If you cannot get in, reset your password from the sign-in page.',
  },
  wrong_code: {
    sentence: 'That is not the code we sent.',
    nextStep: 'Look at the newest mail and enter its six digits.',
  },
  code_spent: { sentence: 'That code can no longer be used.', nextStep: 'Ask for a new one.' },
  passwords_differ: { sentence: 'The two passwords are not the same.', nextStep: 'Enter the same password twice.' },
  password_too_short: {
    sentence: 'That password is too short.',
    nextStep: 'Use at least 10 characters; a few words work well.',
  },
  password_too_long: { sentence: 'That password is too long.', nextStep: 'Use at most 200 characters.' },
  password_too_common: {
    sentence: 'That password is one of the first anyone would try.',
    nextStep: 'Choose another one.',
  },
  password_is_address: {
    sentence: 'Your address is not a safe password.',
    nextStep: 'Choose a password that is not in your address.',
  },
  bans_self: { sentence: 'That is you.', nextStep: 'Choose somebody else.' },
  bans_staff: { sentence: 'They look after this site too.', nextStep: 'Ask an administrator.' },
  already_banned: { sentence: 'They are banned already.', nextStep: 'Lift that ban first.' },
  appeal_open: { sentence: 'There is an appeal already.', nextStep: 'Wait for the answer to it.' },
  appeal_decided: { sentence: 'This appeal has its answer.', nextStep: 'Look at the list again.' },
  own_decision: { sentence: 'This was your own decision.', nextStep: 'Leave the appeal to another moderator.' },
  owner_banned: { sentence: 'It came after its account was banned.', nextStep: 'Send it again when the ban is over.' },
  role_too_low: { sentence: 'Your role in this group does not allow that.', nextStep: 'Ask one of its admins.' },
  invite_not_valid: {
    sentence: 'This invite does not open anything, or no longer does.',
    nextStep: 'Check the code, or ask for a new one.',
  },
  request_declined: {
    sentence: 'The admins of this group have answered no to this invite.',
    nextStep: 'Ask one of them for another.',
  },
  group_full: { sentence: 'This group has as many members as it can.', nextStep: 'Somebody has to leave first.' },
  too_many_groups: { sentence: 'That is one group more than one person can be in.', nextStep: 'Leave one first.' },
  too_many_invites: {
    sentence: 'This group has as many open invites as it can.',
    nextStep: 'Revoke one that is not needed any more.',
  },
  name_differs: { sentence: 'That is not the name of this group.', nextStep: 'Type it exactly as it is shown.' },
  no_successor: { sentence: 'The one you chose is not in this group any more.', nextStep: 'Choose somebody else.' },
  no_room_for_items: {
    sentence: 'Your items do not fit into the plan of who would get them.',
    nextStep: 'Leave them where they are, or take them out.',
  },
  already_reported: {
    sentence: 'You have reported this already.',
    nextStep: 'We tell you here what came of it.',
  },
  no_copy: {
    sentence: 'There is no copy of this without its place yet.',
    nextStep: 'Try again later, or ask who uploaded it.',
  },
  blocks_self: { sentence: 'You cannot block yourself.', nextStep: 'Choose somebody else.' },
  too_many_blocked: { sentence: 'You have blocked 1,000 people.', nextStep: 'Unblock somebody first.' },
  push_service_unknown: {
    sentence: 'This browser wants its messages sent to a place that we do not send to.',
    nextStep: 'Use another browser, or the mail digest.',
  },
  upload_settled: {
    sentence: 'This upload was ended elsewhere: cancelled or expired, or you may no longer add there.',
    nextStep: 'Try again: it is sent, or you are told why not.',
  },
  file_empty: { sentence: 'This file is empty.', nextStep: 'Check the original, then add it again.' },
  file_too_large: { sentence: 'This file is too large.', nextStep: 'Make it smaller, then add it again.' },
  type_not_allowed: {
    sentence: 'Shoebox does not take files of this kind.',
    nextStep: 'Save it as JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4 or MP3.',
  },
  type_unknown: {
    sentence: 'We could not tell what kind of file this is.',
    nextStep: 'Open it in the program it came from and save it again.',
  },
  content_mismatch: {
    sentence: 'What arrived is not what was announced.',
    nextStep: 'The file may have changed while it was sent: add it again.',
  },
  image_damaged: {
    sentence: 'This picture is damaged or incomplete.',
    nextStep: 'Copy it from the camera or phone again.',
  },
  image_unsupported: {
    sentence: 'This picture is stored in a form that we cannot open.',
    nextStep: 'Save it again as an ordinary JPEG, PNG or TIFF.',
  },
  image_too_many_pixels: {
    sentence: 'This picture has more pixels than we can open.',
    nextStep: 'Scale it down to at most 120 megapixels (50 for AVIF and HEIC).',
  },
  image_too_slow: {
    sentence: 'This picture took too long to open.',
    nextStep: 'Save it again as JPEG or PNG, then add that.',
  },
  file_hides_other: {
    sentence: 'Another file is hidden inside this one.',
    nextStep: 'Save it again by itself, then add that.',
  },
  duplicate: { sentence: 'This file was added before.', nextStep: 'It is there already.' },
  too_large_for_plan: {
    sentence: 'This file alone is more than your plan takes in a whole day.',
    nextStep: 'Make it smaller, or choose a larger plan.',
  },
  over_day_quota: {
    sentence: 'This is more than your plan takes in one day.',
    nextStep: 'The day starts anew at midnight UTC: an open page then tries again by itself.',
  },
  over_total_quota: {
    sentence: 'This is more than your plan has room for.',
    nextStep: 'Delete what you no longer need, or choose a larger plan.',
  },
  upload_not_open: {
    sentence: 'The parts sent so far are no longer kept.',
    nextStep: 'Retry: sending starts at the beginning.',
  },
  parts_missing: {
    sentence: 'Some parts of this file have not arrived.',
    nextStep: 'Retry: only those are sent again.',
  },
  content_blocked: {
    sentence: 'Moderators removed this content before: it cannot be added again.',
    nextStep: 'If that is a mistake, appeal to the address under Help, on your page.',
  },
  processing_failed: {
    sentence: 'We could not look into this file, and gave up after several tries.',
    nextStep: 'Add it again; if that fails too, save it in another format.',
  },
  media_damaged: {
    sentence: 'This video or sound is damaged or incomplete.',
    nextStep: 'Copy it from the camera or phone again.',
  },
  media_no_track: {
    sentence: 'There is no picture or sound in this file that we can read.',
    nextStep: 'Save it again as MP4 (H.264 and AAC) or MP3.',
  },
  media_too_long: {
    sentence: 'This recording is too long.',
    nextStep: 'Cut it to at most 2 hours of video or 4 hours of sound.',
  },
} as const satisfies RefusalSentences
