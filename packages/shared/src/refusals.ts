// Every reason for which Shoebox says no, to a request or to a file. A refusal is the visitor's to mend and is shown
// with a sentence; a fault is ours and is never listed here. A new code must get a tRPC code, a sentence and a row in
// docs/failure-modes.md before the checks pass.

/** Why a request is refused. */
export const requestRefusals = [
  'invalid_input',
  'body_too_large',
  'wrong_origin',
  'sign_in_needed',
  'banned',
  'not_found',
  'rate_limited',
  'wrong_credentials',
  'wrong_password',
  'step_up_needed',
  'last_administrator',
  'owns_groups',
  'terms_not_accepted',
  'link_spent',
  'wrong_code',
  'code_spent',
  'passwords_differ',
  'password_too_short',
  'password_too_long',
  'password_too_common',
  'password_is_address',
  'upload_settled',
  'upload_not_open',
  'parts_missing',
  'role_too_low',
  'invite_not_valid',
  'request_declined',
  'group_full',
  'too_many_groups',
  'too_many_invites',
  'name_differs',
  'no_successor',
  'no_room_for_items',
  'no_copy',
  'already_reported',
  'bans_self',
  'bans_staff',
  'already_banned',
  'appeal_open',
  'appeal_decided',
  'own_decision',
  'blocks_self',
  'too_many_blocked',
  'push_service_unknown',
] as const

/** Why a declared file is refused before a byte is sent. */
export const preflightRefusals = [
  'file_empty',
  'file_too_large',
  'type_not_allowed',
  'duplicate',
  'too_large_for_plan',
  'over_day_quota',
  'over_total_quota',
] as const

/** Why a file that arrived is refused after its bytes were looked at. The first ones are shared with the pre-flight. */
export const inspectionRefusals = [
  'file_empty',
  'file_too_large',
  'type_not_allowed',
  'type_unknown',
  'content_mismatch',
  'image_damaged',
  'image_unsupported',
  'image_too_many_pixels',
  'image_too_slow',
  'file_hides_other',
  'media_damaged',
  'media_no_track',
  'media_too_long',
  'duplicate',
  'owner_banned',
  'content_blocked',
  'processing_failed',
] as const

export type RequestRefusal = (typeof requestRefusals)[number]
export type PreflightRefusal = (typeof preflightRefusals)[number]
export type InspectionRefusal = (typeof inspectionRefusals)[number]
export type RefusalCode = RequestRefusal | PreflightRefusal | InspectionRefusal
