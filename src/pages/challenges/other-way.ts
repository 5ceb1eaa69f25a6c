import type { ChallengeNameType } from '../../model/types.gen.ts'
import { linkButton } from '../components/link-button.ts'
import type { Value } from '../html.ts'
import { ownForm } from '../show.ts'
import type { Step } from '../step.ts'
import type { Visit } from '../visit.ts'

/** What a person can choose from; SRP is how programs send a password, a page takes it as it is typed. */
export const shownWays = ({ available = [] }: Pick<Step['challenge'], 'available'>): readonly ChallengeNameType[] =>
  available.filter((name) => name !== 'PASSWORD_SRP')

/** The way back to the choice of how to sign in, from a way that was chosen there. The choice begins anew: the other one is used up. */
export const otherWay = (visit: Visit, { username, challenge }: Step): Value =>
  shownWays(challenge).length > 1 &&
  ownForm(visit, { page: 'login', hidden: { username }, body: linkButton({ text: visit.strings.choice.otherWay }) })
