// The words of signing in, of one's account and of people's pages, in English. Apart from the rest, because they are
// fetched with their screens.

const numbers = new Intl.NumberFormat('en')
const plural = (count: number, one: string, many: string): string =>
  `${numbers.format(count)} ${count === 1 ? one : many}`
const files = (count: number): string => plural(count, 'file', 'files')
const items = (count: number): string => plural(count, 'item', 'items')
const day = (moment: string): string => new Date(moment).toLocaleDateString('en', { dateStyle: 'medium' })
const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

export const enAccount = {
  signUpTitle: 'Create your account',
  signUpLead: 'Free, and ready in a minute.',
  signInTitle: 'Welcome back',
  signInLead: 'Sign in to add photos and like them.',
  name: 'Name',
  nameHint: 'Shown beside what you add.',
  email: 'Email',
  password: 'Password',
  newPasswordHint: 'At least 10 characters. A few words work well.',
  confirm: 'Password again',
  acceptTermsFirst: 'Shoebox needs you to accept them before you can join.',
  accept: { before: 'I accept the ', terms: 'terms', between: ' and the ', privacy: 'privacy notice', after: '.' },
  signOut: 'Sign out',
  haveAccount: 'Already have an account?',
  noAccount: 'New here?',
  sendCode: 'Email me a code instead',
  forgot: 'Forgot your password?',
  filesWait: (count: number) => `${files(count)} ${count === 1 ? 'is' : 'are'} waiting. Sign in and sending starts.`,
  enterName: 'Enter your name.',
  nameTooLong: 'Use at most 60 characters.',
  enterEmail: 'Enter your email address.',
  badEmail: 'That does not look like an email address.',
  enterPassword: 'Enter your password.',
  welcome: (name: string) => `Welcome, ${name}.`,
  signedOut: 'You are signed out.',

  checkTitle: 'Check your mail',
  checkLead: (email: string) => `If ${email} can be used, a message with a six-digit code is on its way there.`,
  checkHint: 'The code works for 10 minutes, on this page only. No mail? Look in the spam folder.',
  code: 'Six-digit code',
  confirmCode: 'Confirm',
  enterCode: 'Enter all six digits.',
  triesLeft: (count: number) => (count === 1 ? 'One try is left.' : `${count} tries are left.`),
  codeOver: 'This code no longer works. Send a new one.',
  resend: 'Send a new code',
  resendIn: (text: string) => `Send a new code in ${text}`,
  resent: 'A new code is on its way.',
  otherAddress: 'Use another address',

  forgotTitle: 'Reset your password',
  forgotLead: 'We mail you a code. With it you choose a new password.',
  forgotSend: 'Send the code',
  resetLead: (email: string) => `If ${email} has an account, a message with a six-digit code is on its way there.`,
  newPassword: 'New password',
  newPasswordAgain: 'New password again',
  setPassword: 'Set the password',
  wasReset: 'Your new password is set. Everywhere else you are signed out.',

  undoTitle: 'Was this not you?',
  undoLead:
    'This puts your account back as it was before the change, signs everybody out of it, and lets you choose a new password.',
  undo: 'This was not me',
  undoKeep: 'It was me',
  undone: 'Your account is yours again. Now choose a new password.',
  undoEmpty: 'This link is not whole. Open it from the mail again, or copy all of it.',

  terms: {
    title: 'Terms of use',
    privacyTitle: 'Privacy',
    since: (version: string) => `In force since ${day(`${version}T12:00:00Z`)}.`,
    changedTitle: 'Our terms have changed',
    changedLead: 'Read them, and accept them to go on where you were.',
    accept: 'Accept and go on',
    later: 'Not now',
    laterHint: 'Without them you can look around, export your data or delete your account.',
    toTerms: 'Read the terms',
    toPrivacy: 'Read the privacy notice',
  },

  appearance: 'Appearance',
  language: { label: 'Language', system: 'As the browser asks' },
  planTitle: 'Your plan',
  plans: { demo: 'Demo', free: 'Free', pro: 'Pro', 'pro-plus': 'Pro Plus', studio: 'Studio' },
  usedToday: 'Added today',
  usedInAll: 'Added in all',
  usedOf: (used: string, limit: string) => `${used} of ${limit}`,
  resetsAt: (moment: string) => `Starts anew ${moment}.`,

  addressTrouble: {
    bounce: 'Mail to your address comes back to us, so we send nothing there any more: no codes, no notices.',
    complaint:
      'Our mail was marked as unwanted at your address, so we send nothing there any more: no codes, no notices.',
    change: 'Use another address',
  },
  edit: 'Edit',
  save: 'Save',
  saved: 'Saved.',
  editProfile: 'Your profile',
  phone: 'Phone',
  phoneHint: 'Only you see it. Can stay empty. With the country, such as +44 20 7946 0958.',
  badPhone: 'Begin with + and the code of the country.',
  avatar: {
    title: 'Your picture',
    pick: 'Choose a picture',
    pickOther: 'Choose another',
    remove: 'Remove the picture',
    stage: 'Your picture, cut to a square',
    hint: 'Drag to move, or use the arrow keys. + and − zoom.',
    zoom: 'Zoom',
    save: 'Use this picture',
    sending: 'Sending and looking at it…',
    saved: 'Your picture is set.',
    removed: 'Your picture is removed.',
    unreadable: 'This browser cannot open that file as a picture. Choose a JPEG or PNG.',
    notSent: 'The picture did not arrive. Try again.',
    slow: 'This takes longer than usual. Try again in a few minutes.',
  },
  places: {
    label: 'Yours',
    page: { text: 'Your page', hint: 'What everybody can see of you.' },
    notifications: 'What others did in your groups and with your items.',
    trash: { text: 'Trash', hint: 'What you deleted, for 30 days.' },
    security: { text: 'Sign-in and security', hint: 'Password, address, and where you are signed in.' },
    blocked: { text: 'Blocked people', hint: 'Whom you do not want to meet here.' },
    data: { text: 'Your data', hint: 'Take it with you, or delete your account.' },
    desk: { text: 'Desk', hint: 'Reports, and what else needs judging.' },
  },
  help: {
    title: 'Help',
    lead: 'Something does not work, or somebody has your account? Write to us.',
    copy: 'Copy address',
    copied: 'The address is copied.',
    notCopied: 'This browser does not let us copy. Select the address instead.',
    health: 'Is everything working?',
  },

  security: {
    title: 'Sign-in and security',
    lead: 'Where you are signed in, and how you get in.',
    cancel: 'Cancel',
    password: 'Password',
    changePassword: 'Change password',
    currentPassword: 'Present password',
    passwordEnds: 'Everywhere else you will be signed out.',
    passwordChanged: 'Your password is changed. Everywhere else you are signed out.',
    noPassword: 'You have none. You sign in with a code, or set a password now.',
    setPassword: 'Set a password',
    address: 'Email address',
    changeAddress: 'Change address',
    newAddress: 'New address',
    newAddressHint: 'We mail a code there. Your present address is told of the change.',
    addressChanged: (email: string) => `Your address is now ${email}.`,
    sessions: 'Where you are signed in',
    device: ({ browser, system }: { browser: string | null; system: string | null }) =>
      browser === null && system === null
        ? 'Unknown device'
        : [browser, system].filter((name) => name !== null).join(' on '),
    placeOf: ({ city, country }: { city: string | null; country: string | null }) =>
      [city, country === null ? null : countries.of(country)].filter((name) => name != null).join(', '),
    here: 'This browser',
    lastSeen: (ago: string) => `Last seen ${ago}`,
    since: (moment: string) => `Signed in ${day(moment)}`,
    end: 'Sign out',
    endOne: (device: string) => `Sign out ${device}`,
    ended: (device: string) => `${device} is signed out.`,
    endOthers: 'Sign out everywhere else',
    othersEnded: (count: number) =>
      count === 0
        ? 'You are signed in nowhere else.'
        : `Signed out in ${plural(count, 'other place', 'other places')}.`,
  },

  stepUp: 'To be sure that it is you, we mail you a code.',
  data: {
    title: 'Your data',
    lead: 'Everything here is yours, to take with you or to take away.',
    exportTitle: 'A copy of your data',
    exportWhat:
      'One file with all that is kept about you: your profile, sessions, groups, likes and comments, and a list of your items.',
    exportAsk: 'Ask for a copy',
    exportAgain: 'Ask for a newer one',
    exportWaiting: 'Your copy is being made. That takes a few minutes; a mail tells you when it is there.',
    exportReady: (requestedAt: string, size: string, expiresAt: string | null) =>
      `From ${day(requestedAt)}, ${size}.${expiresAt === null ? '' : ` Here until ${day(expiresAt)}.`}`,
    download: 'Download',
    downloadBoth: 'Download it with all originals',
    originalsTitle: 'Your originals',
    originalsWhat:
      'Every file that you added, as you added it, newest first: in zips of up to 2 GB, each with a list of what is in it and its checksums.',
    originalsSave: 'Download all originals',
    originalsFile: 'Shoebox - originals',
    bothFile: 'Shoebox - my data',
    deleteTitle: 'Delete your account',
    deleteWhat: (count: number, size: string) =>
      count === 0
        ? 'Your account goes at once, with all that is kept about you.'
        : `Your account goes at once, and with it what you added: ${items(count)}, ${size}.`,
    deleteReceipt: 'When the last file is gone, a receipt is mailed to you.',
    ownedTitle: 'Groups that you own',
    others: (count: number) =>
      count === 0 ? 'Nobody else belongs to it' : plural(count, 'other member', 'other members'),
    endsAlone: 'Ends with your account',
    handOverTo: (name: string) => `Goes to ${name}`,
    endGroup: 'Ends, with everything in it',
    itemsLeft: (count: number) => `Your ${items(count)} in groups that go on`,
    itemFates: {
      delete: { name: 'Delete them', means: 'They disappear from these groups.' },
      handOver: {
        name: 'Give them to the groups’ owners',
        means: 'They stay, as far as the owners have room. What does not fit is deleted.',
      },
    },
    deleteForGood:
      'There is no way back from this, for you or for us. What others have open on a screen closes within 15 minutes.',
    delete: 'Delete for good',
    deleted: 'Your account is deleted. A receipt follows by mail.',
  },
  person: {
    theirs: 'What they share with everybody.',
    mine: 'This is what everybody can see of you.',
    edit: 'Edit your profile',
    emptyTitle: 'Nothing public yet',
    empty: 'What is added to the public feed is shown here. What is in groups never is.',
    nobody: 'There is nobody at this address.',
  },
}
