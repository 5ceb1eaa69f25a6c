import type { User } from './user.ts'

/** Whether the user has a password of their own to forget: not before the first one was set, and not where another provider has it. */
export const mayResetPassword = ({ status }: Pick<User, 'status'>): boolean =>
  status !== 'FORCE_CHANGE_PASSWORD' && status !== 'EXTERNAL_PROVIDER'
