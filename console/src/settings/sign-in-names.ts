import type { UserPoolType } from '../../../src/model/types.gen.ts'

const texts: Readonly<Record<string, string>> = { email: 'Email', phone_number: 'Phone number', preferred_username: 'Preferred user name' }

/** What users of a pool name themselves with, in the console's words. */
export const signInNames = ({ UsernameAttributes = [], AliasAttributes = [] }: UserPoolType): readonly string[] =>
  UsernameAttributes.length > 0
    ? UsernameAttributes.map((name) => texts[name] ?? name)
    : ['User name', ...AliasAttributes.map((name) => texts[name] ?? name)]
