/** A line of a table in Postman: a header, a form field, a setting of an authorization. */
export interface KeyValue {
  readonly key: string
  readonly value: string
  readonly type?: 'string' | 'boolean'
}

/** How Postman proves who sends a request. */
export type Auth =
  | { readonly type: 'noauth' }
  | { readonly type: 'awsv4'; readonly awsv4: readonly KeyValue[] }
  | { readonly type: 'basic'; readonly basic: readonly KeyValue[] }
  | { readonly type: 'oauth2'; readonly oauth2: readonly KeyValue[] }

/** JavaScript before a request, or behind its answer. */
export interface CollectionEvent {
  readonly listen: 'prerequest' | 'test'
  readonly script: { readonly type: 'text/javascript'; readonly exec: readonly string[] }
}

/** What a request sends. */
export type RequestBody =
  | { readonly mode: 'raw'; readonly raw: string; readonly options?: { readonly raw: { readonly language: 'json' | 'text' } } }
  | { readonly mode: 'urlencoded'; readonly urlencoded: readonly KeyValue[] }

/** A request with its scripts. */
export interface Item {
  readonly name: string
  readonly request: {
    readonly method: 'GET' | 'POST'
    readonly url: string
    readonly header: readonly KeyValue[]
    readonly auth?: Auth
    readonly body?: RequestBody
    readonly description?: string
  }
  readonly event?: readonly CollectionEvent[]
  readonly protocolProfileBehavior?: { readonly followRedirects: boolean }
}

/** Requests that belong together, in the order in which they run. */
export interface Folder {
  readonly name: string
  readonly description?: string
  readonly auth?: Auth
  readonly item: readonly (Item | Folder)[]
}

/** A collection in Postman's format 2.1. */
export interface Collection {
  readonly info: { readonly name: string; readonly description: string; readonly schema: string }
  readonly auth: Auth
  readonly item: readonly Folder[]
}

/** A Postman environment: what the requests of a collection refer to as `{{name}}`. */
export interface Environment {
  readonly name: string
  readonly values: readonly {
    readonly key: string
    readonly value: string
    readonly type: 'default' | 'secret'
    readonly enabled: true
  }[]
  readonly _postman_variable_scope: 'environment'
}

/** The address of the schema of format 2.1. */
export const collectionSchema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'
