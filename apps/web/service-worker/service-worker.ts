// The service worker: each part answers for its own addresses and for no other, so a new version of it cannot break an
// open page. src/pictures/keep-pictures.ts registers it.
import { keepShell } from './keep-shell.ts'
import { isSaving, serveDownloads } from './serve-downloads.ts'
import { sendWaiting } from './send-waiting.ts'
import { serveAnswers } from './serve-answers.ts'
import { servePictures } from './serve-pictures.ts'
import { renewPushes } from './renew-pushes.ts'
import { takeShared } from './take-shared.ts'
import { tellPushes } from './tell-pushes.ts'

declare const self: ServiceWorkerGlobalScope

servePictures(self)
serveAnswers(self)
serveDownloads(self)
takeShared(self)
tellPushes(self)
renewPushes(self)
sendWaiting(self)
keepShell(self)

// A version that takes over ends the one before it, and with it a download that is being saved.
self.addEventListener('install', (event) =>
  event.waitUntil(isSaving().then((isBusy) => (isBusy ? undefined : self.skipWaiting()))),
)

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
