import type { GroupType, Input } from '../../../src/model/types.gen.ts'
import type { FormFault } from './form-fault.ts'

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

/** What is wrong with the form; `before`: the group that is changed, whose role and precedence the API can't take away. */
export const groupFault = (form: GroupForm, before: GroupForm = noGroup): FormFault | undefined => {
  if (form.name.trim() === '') return { field: 'name', says: 'The group needs a name.' }
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(form.name.trim())) {
    return { field: 'name', says: 'The name of a group has at most 128 characters, and no spaces among them.' }
  }
  const precedence = form.precedence.trim()
  if (precedence !== '' && !/^\d{1,10}$/.test(precedence))
    return { field: 'precedence', says: 'The precedence is a whole number, 0 or more.' }
  if (before.precedence !== '' && precedence === '') return { field: 'precedence', says: 'A precedence can be changed but not taken away.' }
  return before.roleArn !== '' && form.roleArn.trim() === ''
    ? { field: 'roleArn', says: 'An IAM role can be changed but not taken away.' }
    : undefined
}

/** The call that makes the group, or changes it: what is as it was `before` is not said, and stays as it is by then. */
export const groupInput = (UserPoolId: string, form: GroupForm, before: GroupForm = noGroup): Input<'CreateGroup'> => ({
  UserPoolId,
  GroupName: form.name.trim(),
  ...(form.description !== before.description && { Description: form.description }),
  ...(form.roleArn !== before.roleArn && { RoleArn: form.roleArn.trim() }),
  ...(form.precedence !== before.precedence && { Precedence: Number(form.precedence) }),
})
