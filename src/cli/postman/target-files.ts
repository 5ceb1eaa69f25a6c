import { postmanEnvironment } from '../../postman/environment.ts'
import { type JmeterUser, jmeterPlan } from '../../postman/jmeter-plan.ts'
import { oauthOpenApi } from '../../postman/oauth-openapi.ts'
import { postmanCollection } from '../../postman/postman-collection.ts'
import type { PostmanTarget } from '../../postman/target.ts'

/** What a file is, as `--json` names it. */
export type FileKind = 'collection' | 'environment' | 'openapi' | 'jmeter'

/** A file to be written. */
export interface TargetFile {
  readonly kind: FileKind
  readonly name: string
  readonly content: string
  /** Whether nobody else may read it. */
  readonly isSecret: boolean
}

/** What is wanted besides collection and environment. */
export interface Wanted {
  readonly openapi: boolean
  /** Who signs in in a JMeter plan; undefined without one. */
  readonly jmeter: JmeterUser | undefined
}

/** A value as the text of a JSON file. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** The files for a target, whose names begin with `name`. */
export const targetFiles = (target: PostmanTarget, name: string, { openapi, jmeter }: Wanted): TargetFile[] => {
  const title = `${target.pool.Name}, ${target.client.ClientName}`
  const file = (kind: FileKind, ending: string, content: string, isSecret: boolean) => ({
    kind,
    name: `${name}.${ending}`,
    content,
    isSecret,
  })
  return [
    file('collection', 'postman_collection.json', jsonText(postmanCollection(target, title)), false),
    file('environment', 'postman_environment.json', jsonText(postmanEnvironment(target, title)), true),
    ...(openapi ? [file('openapi', 'openapi.json', jsonText(oauthOpenApi(target)), false)] : []),
    ...(jmeter === undefined ? [] : [file('jmeter', 'jmx', jmeterPlan(target, jmeter), true)]),
  ]
}
