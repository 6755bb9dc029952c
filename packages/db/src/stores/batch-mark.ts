// What one statement of a batch tells a later one: that it did something, and with what. A later statement cannot tell
// that from rows alone where they look the same either way. Lasts as long as the transaction, which a batch is.
import { sql, type SQL } from 'drizzle-orm'

/** Says what may be marked. Different batches may use the same word. */
export type Mark = 'done' | 'heir' | 'moved'

const settingOf = (mark: Mark): SQL => sql`${`batch.${mark}`}`

/** An expression for a list of `returning` or `select`: run for a row, it marks. A value of null marks nothing. */
export const mark = (name: Mark, value: SQL = sql`'yes'`): SQL => sql`set_config(${settingOf(name)}, ${value}, true)`

/** The value that was marked, as text; else null. */
export const marked = (name: Mark): SQL => sql`nullif(current_setting(${settingOf(name)}, true), '')`

/**
 * For after `from`: one row if there was a mark, else none.
 * @param test what else must hold of its value, such as `= 'last'`
 */
export const whereMarked = (name: Mark, test: SQL = sql`is not null`): SQL =>
  sql`(select 1 where ${marked(name)} ${test}) as marked`
