// What the account procedures need, all of it: composed once for a request.
import type { AcceptTermsDeps } from './accept-terms.ts'
import type { BeginAvatarDeps } from './begin-avatar.ts'
import type { ChangePasswordDeps } from './change-password.ts'
import type { ConfirmAddressChangeDeps } from './confirm-address-change.ts'
import type { DeleteAccountDeps } from './delete-account.ts'
import type { EditProfileDeps } from './edit-profile.ts'
import type { FindExportDeps } from './find-export.ts'
import type { FindMeDeps } from './find-me.ts'
import type { FindProfileDeps } from './find-profile.ts'
import type { FindUsageDeps } from './find-usage.ts'
import type { PreviewDeletionDeps } from './preview-deletion.ts'
import type { RequestAddressChangeDeps } from './request-address-change.ts'
import type { RequestCodeDeps } from './request-code.ts'
import type { RequestExportDeps } from './request-export.ts'
import type { ResendCodeDeps } from './resend-code.ts'
import type { ResetPasswordDeps } from './reset-password.ts'
import type { SetAvatarDeps } from './set-avatar.ts'
import type { SignInDeps } from './sign-in.ts'
import type { SignInWithCodeDeps } from './sign-in-with-code.ts'
import type { SignOutDeps } from './sign-out.ts'
import type { SignUpDeps } from './sign-up.ts'
import type { UndoChangeDeps } from './undo-change.ts'
import type { VerifySignUpDeps } from './verify-sign-up.ts'

export type AccountDeps = AcceptTermsDeps &
  BeginAvatarDeps &
  ChangePasswordDeps &
  ConfirmAddressChangeDeps &
  DeleteAccountDeps &
  EditProfileDeps &
  FindExportDeps &
  FindMeDeps &
  FindProfileDeps &
  FindUsageDeps &
  PreviewDeletionDeps &
  RequestAddressChangeDeps &
  RequestCodeDeps &
  RequestExportDeps &
  ResendCodeDeps &
  ResetPasswordDeps &
  SetAvatarDeps &
  SignInDeps &
  SignInWithCodeDeps &
  SignOutDeps &
  SignUpDeps &
  UndoChangeDeps &
  VerifySignUpDeps
