import type { JSX } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'
import { NoticeFrame, type NoticeSays } from './notice-frame.tsx'

/** A quiet block in the middle of a screen: nothing here yet, or something went wrong, and the one thing to do. */
export const Notice = (props: NoticeSays & { icon: IconName }): JSX.Element => (
  <NoticeFrame {...props} icon={<Icon name={props.icon} size={26} />} />
)
