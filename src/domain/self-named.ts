import type { AddressName } from './recipient.ts'
import type { User } from './user.ts'

/** The user's addresses for which nobody but the user vouches, once `by` has written some of them without proof. */
export const selfNamed = ({ selfNamed = [] }: User, written: readonly AddressName[], by: 'user' | 'admin'): readonly AddressName[] => {
  const others = selfNamed.filter((name) => !written.includes(name))
  return by === 'user' ? [...others, ...written] : others
}
