// The inbox people open to find their code: every mail with its text, newest first. No script, no foreign content.
import type { Mail } from './mail-store.ts'

export const inboxHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
  article { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 12px; padding: 1rem; margin: 1rem 0 }
  h2 { font-size: 1rem; margin: 0 } p { margin: .25rem 0; opacity: .7; font-size: .875rem }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .75rem 0 0 }
`

export function renderInbox(mails: readonly Mail[]): string {
  const articles = mails.map(
    (mail) => `<article>
      <h2>${escapeHtml(mail.subject)}</h2>
      <p>to ${escapeHtml(mail.to)}, ${escapeHtml(new Date(mail.sentMs).toLocaleString('en-GB'))}</p>
      <pre>${escapeHtml(mail.text)}</pre>
    </article>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <meta http-equiv="refresh" content="4">
  <title>Shoebox mail</title>
  <style>${style}</style>
</head>
<body>
  <h1>Mail</h1>
  ${articles.join('') || '<p>Nothing yet. What Shoebox sends on this machine arrives here and nowhere else.</p>'}
</body>
</html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
