import type { GroupType, Input } from '../../../src/model/types.gen.ts'

/** The form of a group; the precedence as it was typed. */
export interface GroupForm {
  readonly name: string
  readonly description: string
  readonly roleArn: string
  readonly precedence: string
}

/** The empty form. */
export const noGroup: GroupForm = { name: '', description: '', roleArn: '', precedence: '' }

/** The form of a group as it is. */
export const groupFormOf = ({ GroupName = '', Description = '', RoleArn = '', Precedence }: GroupType): GroupForm => ({
  name: GroupName,
  description: Description,
  roleArn: RoleArn,
  precedence: Precedence === undefined ? '' : String(Precedence),
})

/** What is wrong with the form, as a sentence; `before`: the group that is changed, whose role and precedence the API can't take away. */
export const groupFault = (form: GroupForm, before: GroupForm = noGroup): string | undefined => {
  if (form.name.trim() === '') return 'The group needs a name.'
  if (form.precedence.trim() !== '' && !/^\d{1,10}$/.test(form.precedence.trim())) return 'The precedence is a whole number, 0 or more.'
  if (before.precedence !== '' && form.precedence.trim() === '') return 'A precedence can be changed but not taken away.'
  return before.roleArn !== '' && form.roleArn.trim() === '' ? 'An IAM role can be changed but not taken away.' : undefined
}

/** The call that makes the group, or changes it: what is as it was `before` is not said, and stays as it is by then. */
export const groupInput = (UserPoolId: string, form: GroupForm, before: GroupForm = noGroup): Input<'CreateGroup'> => ({
  UserPoolId,
  GroupName: form.name.trim(),
  ...(form.description !== before.description && { Description: form.description }),
  ...(form.roleArn !== before.roleArn && { RoleArn: form.roleArn.trim() }),
  ...(form.precedence !== before.precedence && { Precedence: Number(form.precedence) }),
})
