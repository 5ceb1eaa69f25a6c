import { identifierFault, resourceServerFault as scopesFault } from '../../../src/domain/resource-server-fault.ts'
import type { Input, ResourceServerType } from '../../../src/model/types.gen.ts'

/** The form of a resource server. */
export interface ResourceServerForm {
  readonly name: string
  readonly identifier: string
  readonly scopes: readonly { readonly name: string; readonly description: string }[]
}

/** The empty form. */
export const noResourceServer: ResourceServerForm = { name: '', identifier: '', scopes: [] }

/** The form of a resource server as it is. */
export const resourceServerFormOf = ({ Name = '', Identifier = '', Scopes = [] }: ResourceServerType): ResourceServerForm => ({
  name: Name,
  identifier: Identifier,
  scopes: Scopes.map(({ ScopeName, ScopeDescription }) => ({ name: ScopeName, description: ScopeDescription })),
})

/** The call that makes or changes the resource server; scopes that are not in the form are gone. */
export const resourceServerInput = (UserPoolId: string, form: ResourceServerForm): Input<'CreateResourceServer'> => ({
  UserPoolId,
  Identifier: form.identifier.trim(),
  Name: form.name.trim(),
  Scopes: form.scopes.map(({ name, description }) => ({ ScopeName: name.trim(), ScopeDescription: description.trim() })),
})

/** What is wrong with the form, as a sentence. */
export const resourceServerFault = (form: ResourceServerForm): string | undefined => {
  if (form.name.trim() === '') return 'The resource server needs a name.'
  if (form.identifier.trim() === '') return 'The resource server needs an identifier.'
  if (form.scopes.some(({ name, description }) => name.trim() === '' || description.trim() === '')) {
    return 'Every custom scope needs a name and a description.'
  }
  return identifierFault(form.identifier.trim()) ?? scopesFault(resourceServerInput('', form).Scopes)
}
