import { attributeList } from '../domain/attributes.ts'
import type { User } from '../domain/user.ts'
import type { UserType } from '../model/types.gen.ts'
import { mfaOptions } from './mfa-options.ts'

/** A user as lists and AdminCreateUser show it; with `only`, no other attributes than those. */
export const listedUser = (user: User, only?: readonly string[]): UserType => ({
  Username: user.username,
  Attributes: attributeList(user).filter(({ Name }) => only === undefined || only.includes(Name)),
  UserCreateDate: user.createdAt,
  UserLastModifiedDate: user.modifiedAt,
  Enabled: user.enabled,
  UserStatus: user.status,
  MFAOptions: mfaOptions(user),
})
