// Around what is set aside: what it is, and the way back. In a group's stands as it will before the group is known.
import { A } from '@solidjs/router'
import { Match, Show, Switch, type Accessor, type JSX } from 'solid-js'
import { GroupGone, isLost, useGroup, type Found } from './group-query.tsx'
import { SetAsideSkeleton } from './set-aside.tsx'

type Heads = { readonly title: string; readonly lead: string }

type FrameProps = Heads & {
  /** The way back; undefined until its name is known. */
  back: { readonly href: string; readonly name: string } | undefined
  /** Stands beside the title. */
  action?: JSX.Element
  children: JSX.Element
}

export const SetAsideFrame = (props: FrameProps): JSX.Element => (
  <div class="flex flex-col gap-5 px-4 pt-5 pb-16 max-wide:has-[[role=toolbar]]:pb-32 wide:px-8 wide:pt-7">
    <header class="flex flex-col gap-1">
      <Show when={props.back} fallback={<span class="h-11" />}>
        {(back) => (
          <A class="link-alone self-start" href={back().href}>
            {back().name}
          </A>
        )}
      </Show>
      <div class="flex flex-wrap items-center gap-3">
        <h1 class="flex-1 text-2xl font-semibold tracking-tight">{props.title}</h1>
        {props.action}
      </div>
      <p class="text-soft">{props.lead}</p>
    </header>
    {props.children}
  </div>
)

/** The same once the group is known, and until then; or that it is gone. */
export function OfGroup(props: Heads & { groupId: string; children: (found: Accessor<Found>) => JSX.Element }) {
  const group = useGroup(() => props.groupId)
  return (
    <Switch
      fallback={
        <SetAsideFrame back={undefined} title={props.title} lead={props.lead}>
          <SetAsideSkeleton />
        </SetAsideFrame>
      }
    >
      <Match when={isLost(group)}>
        <GroupGone error={group.error} />
      </Match>
      <Match when={group.data}>{(found) => props.children(found)}</Match>
    </Switch>
  )
}

export const backTo = ({ group }: Found) => ({ href: `/g/${group.id}`, name: group.name })
