// All that every deployment must hold to.
import { clockRules } from './clock-rules.ts'
import { deliveryRules } from './delivery-rules.ts'
import { pipelineRules } from './pipeline-rules.ts'
import { rightsRules } from './rights-rules.ts'
import type { Rule } from './rule.ts'
import { siteRules } from './site-rules.ts'
import { storageRules } from './storage-rules.ts'
import { watchRules } from './watch-rules.ts'

export const rules: readonly Rule[] = [
  ...storageRules,
  ...pipelineRules,
  ...clockRules,
  ...rightsRules,
  ...deliveryRules,
  ...siteRules,
  ...watchRules,
]
