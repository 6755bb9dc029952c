// Every procedure and what each of those who could ask is answered.
import { accountRows } from './account-rows.ts'
import { auditRows } from './audit-rows.ts'
import { banRows } from './ban-rows.ts'
import { blockRows } from './block-rows.ts'
import { deskRows } from './desk-rows.ts'
import { galleryRows } from './gallery-rows.ts'
import { groupRows } from './group-rows.ts'
import { notificationRows } from './notification-rows.ts'
import { reviewRows } from './review-rows.ts'
import type { ProcedurePath, Row } from './row.ts'

export const matrix = {
  ...accountRows,
  ...auditRows,
  ...groupRows,
  ...galleryRows,
  ...blockRows,
  ...banRows,
  ...deskRows,
  ...reviewRows,
  ...notificationRows,
} as const satisfies Record<ProcedurePath, Row>
