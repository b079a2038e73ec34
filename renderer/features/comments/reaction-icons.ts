import {
  IconConfetti,
  IconEye,
  IconHeart,
  IconMoodHappy,
  IconMoodPuzzled,
  IconThumbUp,
  type Icon,
} from '@tabler/icons-react'
import type { ReactionName } from '../../../model/act.ts'

export const reactionIcons: Readonly<Record<ReactionName, Icon>> = {
  yes: IconThumbUp,
  heart: IconHeart,
  party: IconConfetti,
  laugh: IconMoodHappy,
  thinking: IconMoodPuzzled,
  seen: IconEye,
}
