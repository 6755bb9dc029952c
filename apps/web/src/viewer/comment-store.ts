// What people said of one item, newest first, as far back as somebody has read. Sent before it is shown: words that the
// server refuses stay with whoever wrote them.
import { batch, createSignal } from 'solid-js'
import type { Outputs } from '../api/client.ts'

export type Comment = Outputs['comments']['list']['comments'][number]
export type CommentId = Comment['id']

export type CommentDeps = {
  readonly list: (cursor: CommentId | null) => Promise<Outputs['comments']['list']>
  readonly add: (text: string) => Promise<Outputs['comments']['add']>
  readonly remove: (id: CommentId) => Promise<unknown>
  /** How many there are, whenever that becomes known. */
  readonly onCount: (count: number) => void
  readonly countNow: () => number
}

export class Comments {
  readonly #deps: CommentDeps
  readonly #comments = createSignal<readonly Comment[]>([])
  readonly #state = createSignal<'loading' | 'ready' | 'failed'>('loading')
  readonly #next = createSignal<CommentId | null>(null)

  constructor(deps: CommentDeps) {
    this.#deps = deps
  }

  readonly comments = () => this.#comments[0]()
  readonly state = () => this.#state[0]()
  readonly hasMore = () => this.#next[0]() !== null

  /** From the newest on. Also later, to hear of new ones: what was read further back stays. */
  async load(): Promise<void> {
    if (this.state() === 'failed') this.#state[1]('loading')
    try {
      const { comments, nextCursor } = await this.#deps.list(null)
      batch(() => {
        const last = comments.at(-1)
        const further =
          last === undefined || nextCursor === null ? [] : this.comments().filter((old) => old.id < last.id)
        this.#comments[1]([...comments, ...further])
        if (further.length === 0) this.#next[1](nextCursor)
        this.#state[1]('ready')
        if (nextCursor === null) this.#deps.onCount(comments.length)
      })
    } catch {
      if (this.state() === 'loading') this.#state[1]('failed')
    }
  }

  /** What somebody said goes at once; how much is left to count is asked for. */
  leaveOut(authorId: Comment['author']['id']): void {
    this.#comments[1](this.comments().filter(({ author }) => author.id !== authorId))
    void this.load()
  }

  async loadMore(): Promise<void> {
    const { comments, nextCursor } = await this.#deps.list(this.#next[0]())
    batch(() => {
      this.#comments[1]([...this.comments(), ...comments])
      this.#next[1](nextCursor)
    })
  }

  async add(text: string): Promise<void> {
    const { comment, commentCount } = await this.#deps.add(text)
    batch(() => {
      this.#comments[1]([comment, ...this.comments()])
      this.#deps.onCount(commentCount)
    })
  }

  async remove(id: CommentId): Promise<void> {
    await this.#deps.remove(id)
    batch(() => {
      this.#comments[1](this.comments().filter((comment) => comment.id !== id))
      this.#deps.onCount(Math.max(0, this.#deps.countNow() - 1))
    })
  }
}
