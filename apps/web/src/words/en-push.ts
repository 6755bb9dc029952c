// The words of how one is told where one is not looking, in English. Apart from the rest, because they are fetched with
// their screens.

type Device = { readonly browser: string | null; readonly system: string | null }

export const enPush = {
  title: 'How you are told',
  lead: 'On this device, by mail, and how much of each group.',
  failedTitle: 'Your settings did not load',

  deviceTitle: 'On this device',
  deviceWhat: 'A short line on the screen, also while Shoebox is closed. Many pictures are one line.',
  deviceAsks: 'Your browser asks you first.',
  turnOn: 'Turn on',
  turningOn: 'Asking your browser…',
  turnOff: 'Turn off',
  isOn: 'This device is told.',
  turnedOn: 'This device is told from now on.',
  turnedOff: 'This device is told no more.',
  endsWithSession: 'It ends when you sign out here.',
  showNames: 'Show who and where',
  showNamesMeans:
    'Without it the line only says that there is something new. Nothing that anybody wrote is ever on it.',
  absent: 'This browser cannot be told while Shoebox is closed.',
  homeScreen: 'On an iPhone or iPad, add Shoebox to the Home Screen first: Share, then “Add to Home Screen”.',
  blocked: 'This browser does not let Shoebox tell you anything.',
  blockedHow: 'Allow notifications for this site in the browser’s settings, then come back here.',
  notAllowed: 'You did not allow it.',
  notAllowedHow: 'Turn it on once more to be asked again, or allow it in the browser’s settings for this site.',
  unreachable: 'This browser did not reach its own push service.',
  unreachableHow: 'Some browsers have none, or none in private windows. Try again later, or have a mail instead.',
  otherDevices: 'Other devices that are told',
  device: ({ browser, system }: Device) =>
    browser === null && system === null
      ? 'Unknown device'
      : [browser, system].filter((name) => name !== null).join(' on '),
  turnOffOne: (device: string) => `Turn off ${device}`,
  oneTurnedOff: (device: string) => `${device} is told no more.`,

  digestTitle: 'By mail',
  digestWhat: 'What you have not read, all in one mail. When you have read everything, there is none.',
  digest: {
    off: { name: 'Never', means: 'No such mails. Codes and warnings about your account still come.' },
    daily: { name: 'Every day', means: 'In the morning, where you are.' },
    weekly: { name: 'Every week', means: 'On Monday morning, where you are.' },
  },
  saved: 'Saved.',

  groupsTitle: 'Of your groups',
  groupsNone: 'You are in no group yet.',

  muteTitle: 'Less from Shoebox?',
  muteDone: 'Done',
  muteLoading: 'One moment…',
  muteGroup: (group: string) => `You are told of ${group}, here and by mail.`,
  muteGroupAction: 'Tell me nothing more of it',
  groupMuted: (group: string) => `You are told nothing more of ${group}.`,
  groupIsMuted: (group: string) => `You are told nothing of ${group}.`,
  stillMember: 'You stay a member, and everything in it stays yours to see.',
  muteDigest: 'We mail you what you have not read.',
  muteDigestAction: 'Send me no more of these mails',
  digestMuted: 'We send you no more of these mails.',
  codesStillCome: 'Codes and warnings about your account still come.',
  undo: 'Undo',
  tellAgain: 'Tell me again',
  brokenTitle: 'This link does not work',
  broken:
    'It is not whole, or the group or your place in it is gone. Open it from the mail again, or sign in and look at how you are told.',
}
