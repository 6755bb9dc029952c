// The words of the pages about health in the language in use; see words.ts.
import { enHealth } from './en-health.ts'
import { translated } from './translation.ts'

export const healthWords: typeof enHealth = translated('health', enHealth)
