// What people agree to and what becomes of their data, as they read it in the app. A new text needs a new date in
// terms-version.ts: terms.test.ts holds the two together.

export type TermsSection = { readonly title: string; readonly paragraphs: readonly string[] }

export const termsOfUse: readonly TermsSection[] = [
  {
    title: 'What Shoebox is',
    paragraphs: [
      'Shoebox keeps photos, videos and sound recordings and shows them to the people you choose: everybody, in the public feed, or the members of one group.',
    ],
  },
  {
    title: 'Your account',
    paragraphs: [
      'An account belongs to one person, who must be old enough to agree to this where they live. Keep your password to yourself. You answer for what is done with your account until you tell us that somebody else has it.',
    ],
  },
  {
    title: 'What you upload',
    paragraphs: [
      'It stays yours. You allow us to store it, to make the smaller pictures that people are shown, and to show it to those whom you chose, for as long as it is here.',
      'Upload only what you may share. Pictures of people need their agreement where the law asks for it.',
      'When you leave a group or delete your account, you can hand your items in it over to its owner. They are the owner’s from then on, and count as theirs.',
    ],
  },
  {
    title: 'What has no place here',
    paragraphs: [
      'Violence and threats, sexual pictures of anyone who did not agree or is not an adult, harassment, hatred of people for what they are, and whatever is against the law. We remove it, and may close the account it came from. Who is affected can appeal.',
    ],
  },
  {
    title: 'Plans and room',
    paragraphs: [
      'Each plan has an amount that can be uploaded per day and an amount that can be kept in all: Demo 25 MB and 1 GB, Free 100 MB and 5 GB, Pro 500 MB and 100 GB, Pro+ 1 GB and 500 GB, Studio 10 GB and 2 TB. A day ends at midnight UTC. What is in the trash counts until it is gone.',
    ],
  },
  {
    title: 'Leaving',
    paragraphs: [
      'You can export your data and delete your account at any time, under your account in the app.',
      'Keep copies of what you could not bear to lose. We take care of it, and cannot promise that nothing will ever go wrong.',
    ],
  },
]

export const privacyNotice: readonly TermsSection[] = [
  {
    title: 'What we keep about you',
    paragraphs: [
      'Your name, your address, a hash of your password, your phone number and picture if you give them, when you accepted these terms, and for each place where you are signed in the kind of browser, the country and city your connection comes from, and when it was last used.',
      'Your phone number and address are never shown to others. Your name and picture are.',
      'What happened that concerns you, in the list of your notifications, for 90 days; how often you want it summed up by mail, and your time zone, so that the mail comes in the morning; and for each browser that you allow to be woken, where its maker’s service reaches it, until you sign out there.',
      'What people do to each other’s groups, members and items, and what moderators and administrators do, is in a log that nobody can change or shorten: what was done, when, and numbers that stand for who did it and to whom. Without the account, such a number leads to nobody.',
    ],
  },
  {
    title: 'What is in your files',
    paragraphs: [
      'Photos and videos can say where and when they were taken. What people are shown carries none of that. The file as you uploaded it is given only to you and, in a group, to members in the form that the group’s location policy allows. With an item that you hand over, its new owner gets that file too, with where and when it was taken.',
    ],
  },
  {
    title: 'Who else sees it',
    paragraphs: [
      'The companies whose machines we rent: for storage, for the database, for delivering the pages and for sending mail. Nobody buys your data from us, and there is no advertising.',
      'If you want to be told on a device, each message goes through the service of your browser’s maker, encrypted so that only your browser can read it. It says one sentence, with names only if you want them there, and never what anybody wrote. The service learns that there is a message, and when. Summaries by mail name the groups and people of whom there is something new.',
    ],
  },
  {
    title: 'How long',
    paragraphs: [
      'What you delete stays in your trash for 30 days and is then deleted for good. If you delete your account, your files are deleted and we tell you by mail when they are gone. What you handed over before or then stays with whom you gave it to, without your name. Records of what moderators did are kept without your name or address.',
      'What somebody reports is kept for moderators, with a copy of what was shown and the name of who reported it, until a year after it was decided, also when it or an account is deleted. How it was decided is kept after that, without names, words and pictures.',
      'Whoever is banned stays banned after deleting the account: for that we keep the reason, and a hash computed from the address with a secret key. Only with that key can it be told whether an address is the same one; the address itself is not kept.',
      'A link in a picture’s address can work for at most 15 minutes after somebody lost the right to see it.',
    ],
  },
]
