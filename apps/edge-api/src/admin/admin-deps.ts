import type { DescribeSystemDeps } from '../health/describe-system.ts'
import type { FindAccountDeps } from './find-account.ts'
import type { SetPlanDeps } from './set-plan.ts'
import type { SetRoleDeps } from './set-role.ts'

export type AdminDeps = DescribeSystemDeps & FindAccountDeps & SetPlanDeps & SetRoleDeps
