// The words of how one is told, in the language in use.
import { enPush } from './en-push.ts'
import { translated } from './translation.ts'

export const pushWords: typeof enPush = translated('push', enPush)
