import { administratorProcedure } from '../admin/administrator-procedure.ts'
import { memberProcedure } from '../groups/member-procedure.ts'
import { nothing } from '../trpc/ids.schema.ts'
import { selfCheckingProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import {
  beginExportInput,
  beginGroupExportInput,
  entriesOutput,
  listEntriesInput,
  listGroupEntriesInput,
} from './audit.schema.ts'
import { beginExport, beginGroupExport } from './begin-export.ts'
import { listEntries } from './list-entries.ts'
import { listGroupEntries } from './list-group-entries.ts'

export const auditRouter = router({
  list: selfCheckingProcedure
    .input(listEntriesInput)
    .output(entriesOutput)
    .query(async ({ ctx, input }) => unwrap(await listEntries(ctx.audit(), input))),

  ofGroup: selfCheckingProcedure
    .input(listGroupEntriesInput)
    .output(entriesOutput)
    .query(async ({ ctx, input }) => unwrap(await listGroupEntries(ctx.audit(), input))),

  beginExport: administratorProcedure
    .input(beginExportInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await beginExport(ctx.audit(), ctx.administrator, input))),

  beginGroupExport: memberProcedure('admin')
    .input(beginGroupExportInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => unwrap(await beginGroupExport(ctx.audit(), ctx.member, input))),
})
