import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { termsVersion } from '@shoebox/shared/account/terms-version.ts'
import { password, signUpForm } from '../visitor.ts'
import { everyone, ownOnly, signedIn, type Row } from './row.ts'

const entered = { verificationId: numberedId('verification', 404), code: '123456' }
const sum = `${'A'.repeat(43)}=`

// Accounts are one's own: a role in a group changes nothing about them. Whoever enters what opens nothing is told so,
// signed in or not.
export const accountRows = {
  'account.signUp': {
    input: ({ askingId }) => signUpForm(`${askingId}@new.example.org`),
    expected: everyone('ok'),
  },
  'account.verifySignUp': { input: () => entered, expected: everyone('not_found') },
  'account.resendCode': { input: () => ({ verificationId: entered.verificationId }), expected: everyone('not_found') },
  'account.signIn': {
    input: ({ contributor }) => ({ email: contributor.email, password }),
    expected: everyone('wrong_credentials'),
  },
  'account.requestSignInCode': { input: ({ contributor }) => ({ email: contributor.email }), expected: everyone('ok') },
  'account.signInWithCode': { input: () => entered, expected: everyone('not_found') },
  'account.requestReset': { input: ({ contributor }) => ({ email: contributor.email }), expected: everyone('ok') },
  'account.reset': {
    input: () => ({ ...entered, password, confirmPassword: password }),
    expected: everyone('not_found'),
  },
  'account.undoChange': { input: () => ({ token: 'A'.repeat(43) }), expected: everyone('link_spent') },
  'account.signOut': { expected: everyone('ok') },
  'account.me': {
    expected: { ...signedIn('ok'), signedOut: 'nothing', unverified: 'nothing', banned: 'nothing' },
    isSomething: (data: { user: unknown }) => data.user !== null,
  },
  'account.usage': { expected: signedIn('ok') },
  'account.profile': { expected: signedIn('ok') },
  'account.editProfile': { input: () => ({ name: 'New' }), expected: signedIn('ok') },
  'account.beginAvatar': {
    input: () => ({ type: 'image/jpeg', bytes: 1, sha256: sum }),
    expected: signedIn('ok'),
  },
  // An item is no avatar, whosever it is.
  'account.setAvatar': { input: ({ itemId }) => ({ mediaId: itemId }), expected: signedIn('not_found') },
  'account.changePassword': {
    input: () => ({ currentPassword: password, password, confirmPassword: password }),
    expected: signedIn('wrong_password'),
  },
  'account.requestAddressChange': {
    input: ({ askingId }) => ({ email: `${askingId}@new.example.org`, password }),
    expected: signedIn('wrong_password'),
  },
  'account.confirmAddressChange': { input: () => entered, expected: signedIn('not_found') },
  'account.requestExport': { expected: signedIn('ok') },
  'account.findExport': { expected: signedIn('ok') },
  'account.previewDeletion': { expected: signedIn('ok') },
  'account.delete': { input: () => ({ password }), expected: signedIn('wrong_password') },
  'account.acceptTerms': { input: () => ({ version: termsVersion }), expected: signedIn('ok') },

  'sessions.list': { expected: signedIn('ok') },
  'sessions.revoke': { input: () => ({ id: 'A'.repeat(43) }), expected: signedIn('not_found') },
  'sessions.revokeOthers': { expected: signedIn('ok') },
  'sessions.requestStepUp': { expected: signedIn('ok') },
  'sessions.stepUp': { input: () => entered, expected: signedIn('not_found') },

  'people.find': { input: ({ contributor }) => ({ userId: contributor.userId }), expected: everyone('ok') },
  'people.page': { input: ({ contributor }) => ({ userId: contributor.userId }), expected: everyone('ok') },

  // What administrators of the site do is not there for anybody else.
  'admin.findAccount': { input: ({ contributor }) => ({ email: contributor.email }), expected: signedIn('not_found') },
  'admin.system': { expected: signedIn('not_found') },
  'admin.setPlan': {
    input: ({ contributor }) => ({ userId: contributor.userId, plan: 'pro' }),
    expected: signedIn('not_found'),
  },
  'admin.setRole': {
    input: ({ contributor }) => ({ userId: contributor.userId, role: 'administrator' }),
    expected: signedIn('not_found'),
  },

  'feed.page': { input: () => ({}), expected: everyone('ok') },
  'feed.since': {
    input: () => ({ after: 'bXFlZzVjMDAuMDAwMDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw' }),
    expected: everyone('ok'),
  },
  // Nobody finds a gallery's item in the public feed.
  'feed.item': { input: ({ itemId }) => ({ mediaId: itemId }), expected: everyone('not_found') },
  'feed.details': { input: ({ feedItemId }) => ({ mediaId: feedItemId }), expected: everyone('ok') },
  'feed.likedAmong': { input: ({ itemId }) => ({ mediaIds: [itemId] }), expected: signedIn('ok') },

  'uploads.begin': {
    input: ({ groupId }) => ({
      groupId,
      batchId: crypto.randomUUID(),
      files: [{ name: 'a.jpg', type: 'image/jpeg', bytes: 1, sha256: sum }],
    }),
    expected: { ...signedIn('not_found'), viewer: 'role_too_low', contributor: 'ok', admin: 'ok', owner: 'ok' },
  },
  'uploads.sign': { input: ({ reservedId }) => ({ mediaId: reservedId }), expected: ownOnly() },
  'uploads.cancel': { input: ({ reservedId }) => ({ mediaId: reservedId }), expected: ownOnly() },
  'uploads.openMultipart': { input: ({ largeId }) => ({ mediaId: largeId }), expected: ownOnly() },
  // Nothing was opened: its owner is told so, to nobody else it is there.
  'uploads.signParts': {
    input: ({ largeId }) => ({ mediaId: largeId, parts: [{ partNumber: 1, sha256: sum }] }),
    expected: { ...ownOnly(), contributor: 'upload_not_open' },
  },
  'uploads.listParts': {
    input: ({ largeId }) => ({ mediaId: largeId }),
    expected: { ...ownOnly(), contributor: 'upload_not_open' },
  },
  'uploads.completeMultipart': {
    input: ({ largeId }) => ({ mediaId: largeId }),
    expected: { ...ownOnly(), contributor: 'upload_not_open' },
  },
  'uploads.mine': {
    input: () => ({}),
    expected: ownOnly('nothing'),
    isSomething: (data: { items: unknown[] }) => data.items.length > 0,
  },
  'uploads.watch': {
    input: ({ itemId }) => ({ mediaIds: [itemId] }),
    expected: ownOnly('nothing'),
    isSomething: (data: { items: unknown[] }) => data.items.length > 0,
  },
} as const satisfies Record<string, Row>
