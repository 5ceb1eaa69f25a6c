/** How the name of a new app client asks for an id: `_custom_id_:<id>`. */
const prefix = '_custom_id_:'

/** The id that a name asks for; undefined for a name that is only a name. */
export const chosenClientId = (name: string): string | undefined => (name.startsWith(prefix) ? name.slice(prefix.length) : undefined)

/** Why an app client can't have this id; ids of secrets are made of it and 15 characters more, and end at 128. */
export const chosenClientIdFault = (id: string): string | undefined =>
  /^[\w+]{1,113}$/.test(id) ? undefined : 'A chosen id of an app client has 1 to 113 letters, digits, underscores or plus signs.'

/** Why an app client that is there can't have this name: one that chooses another id would be ignored without a word. */
export const changedClientIdFault = (clientId: string, name: string | undefined): string | undefined => {
  const chosen = name === undefined ? undefined : chosenClientId(name)
  return chosen === undefined || chosen === clientId ? undefined : `The id of the app client ${clientId} cannot be changed.`
}
