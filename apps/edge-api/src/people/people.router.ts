import { openProcedure, router } from '../trpc/procedures.ts'
import { unwrap } from '../trpc/refusals.ts'
import { findPerson } from './find-person.ts'
import { listPersonPage } from './list-person-page.ts'
import { findPersonInput, findPersonOutput, personPageInput, personPageOutput } from './people.schema.ts'

export const peopleRouter = router({
  find: openProcedure
    .input(findPersonInput)
    .output(findPersonOutput)
    .query(async ({ ctx, input }) => unwrap(await findPerson(ctx.people(), input.userId))),

  page: openProcedure
    .input(personPageInput)
    .output(personPageOutput)
    .query(async ({ ctx, input }) => unwrap(await listPersonPage(ctx.people(), input))),
})
