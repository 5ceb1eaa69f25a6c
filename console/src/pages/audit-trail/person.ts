/** Ids by what they are called today. */
export type Names = Readonly<Record<string, string>>

/** A text of the audit trail with names in place of the ids that have one. */
export const withNames = (text: string, names: Names): string =>
  text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names[id] ?? id)

/** Who is meant by an actor of the audit trail. */
export const person = (actor: string, names: Names): string =>
  withNames(
    actor
      .replace(/^arn:aws:iam::\d+:user\//, 'access key of ')
      .replace(/^operator:/, 'operator ')
      .replace(/^user:/, 'user ')
      .replace(/^command-line$/, 'command line'),
    names,
  )
