// What is sent to a browser, and what becomes of it.

export type PushTarget = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

export type PushMessage = {
  readonly body: string
  readonly keptSeconds: number
  readonly urgency: 'low' | 'normal'
  /** Of pushes with the same one, a service that waits for the browser keeps the last. At most 32 of `A-Za-z0-9_-`. */
  readonly topic: string
}

/** `gone`: the browser will never get another. `refused`: this one will never be taken. */
export type PushAnswer =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'gone' | 'refused'; readonly reason: string | number }
