/** Whether a text can be the id of an app client, be there one of it or not (ClientIdType of the model). */
export const isClientId = (text: string): boolean => /^[\w+]{1,128}$/.test(text)
