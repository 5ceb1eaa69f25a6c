/** The id of a field's input where it has no other: the same for a name everywhere, so that a summary of errors can lead to it. */
export const fieldId = (name: string): string => `field-${name.replaceAll(/[^\w-]/g, '-')}`
