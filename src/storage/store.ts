import type { AppClient } from '../domain/app-client.ts'
import type { AuthEvent } from '../domain/auth-event.ts'
import type { Code, CodePurpose } from '../domain/code.ts'
import type { Device } from '../domain/device.ts'
import type { Group } from '../domain/group.ts'
import type { LoadStretch } from '../domain/loaded-user.ts'
import type { BrandingAsset, LoginBranding, StyledLogin } from '../domain/login-branding.ts'
import type { OperatorAccount, OperatorSession } from '../domain/operator-account.ts'
import type { Passkey } from '../domain/passkey.ts'
import type { ResourceServer } from '../domain/resource-server.ts'
import type { Terms } from '../domain/terms.ts'
import type { UiCustomization } from '../domain/ui-customization.ts'
import type { Credential, LoginName, User } from '../domain/user.ts'
import type { PoolDomain, UserPool } from '../domain/user-pool.ts'
import type { UserSession } from '../domain/user-session.ts'

/** Who writes, in which request, doing what, when: what every writing verb leaves in its audit row. */
export interface By {
  /** An ARN (`arn:aws:iam::…:user/…`), `user:<sub>`, `operator:<name>`, `anonymous`, `command-line`, or `operator` for whoever runs the server. */
  readonly actor: string
  readonly requestId: string
  /** The operation's name, e.g. `SignUp`. */
  readonly action: string
  /** Epoch milliseconds; the only time that a verb knows. */
  readonly at: number
  /** The caller's address, behind trusted proxies too; absent where no request came over the network. */
  readonly ip?: string | undefined
}

/** A page asked for: at most `limit` rows whose key comes after `after`. */
export interface Page {
  readonly after?: string | undefined
  readonly limit: number
}

/** Some rows in key order; `next` is the `after` of the following page, absent on the last one. */
export interface Rows<T> {
  readonly rows: T[]
  readonly next?: string | undefined
}

/** A new user with everything that is written together with it. */
export interface NewUser {
  readonly user: User
  readonly names: readonly LoginName[]
  readonly search: readonly SearchEntry[]
  readonly credential?: Credential | undefined
  readonly code?: Code | undefined
}

/** A value under which ListUsers finds a user; already folded. */
export interface SearchEntry {
  readonly attribute: string
  readonly value: string
}

/** A user's new state; `user.version` is the version that was read. */
export interface UserChange {
  readonly user: User
  readonly claim?: readonly LoginName[] | undefined
  /** Released before anything is claimed, also when another change of the same call claims it. */
  readonly release?: readonly LoginName[] | undefined
  /** All entries of the user, when they changed. */
  readonly search?: readonly SearchEntry[] | undefined
  /** Replaces the credential; the old one joins the history, which keeps the newest `historySize`. */
  readonly credential?: { readonly new: Credential; readonly historySize: number } | undefined
  /** Removes the credential and all earlier ones: the user has no password any more. */
  readonly dropCredential?: true | undefined
  /** A charged code that this change uses up; 'code spent' when somebody else did before. */
  readonly spendCode?: { readonly purpose: CodePurpose; readonly id: string } | undefined
  /** Replaces the live code of the same purpose. */
  readonly putCode?: Code | undefined
  /** Codes that the change makes void. */
  readonly dropCodes?: readonly CodePurpose[] | undefined
}

/** A ListUsers filter; `value` is folded. */
export interface UserQuery {
  readonly attribute: string
  readonly op: '=' | '^='
  readonly value: string
}

/** Counted failures of one kind against one subject. */
export interface Attempts {
  readonly failures: number
  readonly lastAt: number
}

/** A data key, wrapped by a master key. */
export interface DataKeyRow {
  /** 32 hex digits */
  readonly id: string
  readonly poolUid: string
  readonly purpose: string
  readonly masterKeyId: string
  /** base64 */
  readonly wrapped: string
  readonly createdAt: number
}

/** A token-signing key; ordinals of one pool and use count up from 0. */
export interface SigningKeyRow {
  readonly poolUid: string
  readonly use: 'id' | 'access'
  readonly ordinal: number
  readonly kid: string
  /** JSON text of kty, n, e */
  readonly publicJwk: string
  /** base64, sealed PKCS #8 */
  readonly sealedPrivate: string
  /** From when on tokens are signed with it; it is published before. */
  readonly activeFrom: number
  readonly createdAt: number
}

/** An access key of the server's own making, with the policy that it carries. */
export interface AccessKeyRow {
  readonly id: string
  readonly userName: string
  /** base64, sealed under the server-wide `access-keys` key */
  readonly sealedSecret: string
  /** JSON text of the policy document */
  readonly policy: string
  readonly enabled: boolean
  readonly createdAt: number
}

/** One line of the audit trail. */
export interface AuditRow extends By {
  readonly id: string
  readonly poolUid: string
  /** What was written: a pool, client, group or user by its internal id. */
  readonly subject: string
  /** How it ended, in the verb's own word. */
  readonly outcome: string
}

/** How far a load of made-up users into a pool is (`poolhouse load`). */
export interface LoadState {
  /** Users numbered below this one are there. */
  readonly users: number
  /** The newest stretch's. */
  readonly step: number
  /** What is under way: the users to come next, and how many rows of each pass are written. */
  readonly under?: { readonly stretch: LoadStretch; readonly passes: Readonly<Record<string, number>> } | undefined
}

/** Rows of one table for a load, the next ones of a pass. */
export interface LoadChunk {
  readonly poolUid: string
  readonly pass: string
  /** Rows of the pass before these, and with these. */
  readonly from: number
  readonly to: number
  readonly table: 'login_name' | 'user_search' | 'group_member' | 'credential' | 'pool_user'
  /** The first columns, which are the same in all rows, and row by row the other ones. */
  readonly lead: readonly string[]
  readonly rest: readonly (string | number)[]
}

/**
 * Everything that outlives a request. One verb is one commit: it happens wholly or not at all, and is durable when its promise
 * resolves. Reads see every write that was acknowledged before they began, but for those named `recent`, which
 * may lag by 250 ms behind another process (decision 7). Expired codes, attempts
 * and revocations are answered until maintenance removes them.
 */
export interface Store {
  readonly meta: {
    get(key: string): Promise<string | undefined>
    /** The first writer wins; answers the value that stands. */
    putIfAbsent(by: By, key: string, value: string): Promise<string>
    set(by: By, key: string, value: string): Promise<void>
  }

  readonly pools: {
    /** 'too many' when the region already has `limit`; 'id taken' when the Id stands in the directory. */
    create(by: By, pool: UserPool, limit: number): Promise<'created' | 'id taken' | 'too many'>
    byUid(uid: string): Promise<UserPool | undefined>
    byId(id: string): Promise<UserPool | undefined>
    /** In the order of their ids; without a region all of them. */
    list(region: string | undefined, page: Page): Promise<Rows<UserPool>>
    /** Saves under version + 1 when the stored version is still `pool.version`; of two writers one gets 'version conflict'. */
    update(by: By, pool: UserPool): Promise<'updated' | 'version conflict'>
    /**
     * The pool, its clients and its users can't be found from now on; their rows go in the background (maintenance.purge).
     * 'version conflict' when the stored version is no longer `pool.version`: what was decided about that state is void.
     */
    delete(by: By, pool: UserPool): Promise<'deleted' | 'absent' | 'version conflict'>
    /** How many users: exact up to 10,000, beyond that an estimate that is a few per cent off at most. */
    estimateUsers(uid: string): Promise<number>
  }

  /** The directory of domains; what a domain is set to stands in its pool (`pool.domains`) and changes with `pools.update`. */
  readonly domains: {
    /**
     * Takes the name for the pool and saves the pool, which has the domain now, like `pools.update`; both or neither. 'domain taken'
     * when a pool that stands has the name.
     */
    create(by: By, pool: UserPool, domain: PoolDomain): Promise<'created' | 'domain taken' | 'version conflict'>
    /** The domain with its pool; undefined too when the pool is gone. */
    byName(name: string): Promise<{ domain: PoolDomain; pool: UserPool } | undefined>
    /** Lets go of the name and saves the pool, which has the domain no more; both or neither. */
    delete(by: By, pool: UserPool, domain: PoolDomain): Promise<'deleted' | 'version conflict'>
  }

  readonly clients: {
    create(by: By, client: AppClient, limit: number): Promise<'created' | 'id taken' | 'too many'>
    /** Undefined too when the client's pool is gone. */
    byClientId(clientId: string): Promise<{ client: AppClient; pool: UserPool } | undefined>
    /** As `byClientId`; what another node changed is seen within 250 ms, what this one changed at once. */
    recentByClientId(clientId: string): Promise<{ client: AppClient; pool: UserPool } | undefined>
    list(poolUid: string, page: Page): Promise<Rows<AppClient>>
    update(by: By, client: AppClient): Promise<'updated' | 'version conflict'>
    /** Its style, its look and its terms go with it. */
    delete(by: By, client: AppClient): Promise<'deleted' | 'absent'>
  }

  readonly resourceServers: {
    create(by: By, server: ResourceServer, limit: number): Promise<'created' | 'identifier taken' | 'too many'>
    byIdentifier(poolUid: string, identifier: string): Promise<ResourceServer | undefined>
    /** As `byIdentifier`; what another node changed is seen within 250 ms, what this one changed at once. */
    recentByIdentifier(poolUid: string, identifier: string): Promise<ResourceServer | undefined>
    /** In the order of their identifiers. */
    list(poolUid: string, page: Page): Promise<Rows<ResourceServer>>
    update(by: By, server: ResourceServer): Promise<'updated' | 'version conflict'>
    delete(by: By, poolUid: string, identifier: string): Promise<'deleted' | 'absent'>
  }

  readonly uiCustomizations: {
    /** Replaces the look of a holder, a client's uid or 'ALL', with its logo, and keeps when it was first set; answers what stands. */
    put(by: By, customization: UiCustomization, image: Uint8Array | undefined): Promise<UiCustomization>
    /** The look of a holder or, where a client has none of its own, that of all clients. */
    worn(poolUid: string, holder: string): Promise<UiCustomization | undefined>
    /** The logo in the look of a holder. */
    image(poolUid: string, holder: string): Promise<Uint8Array | undefined>
    remove(by: By, poolUid: string, holder: string): Promise<'removed' | 'absent'>
  }

  readonly brandings: {
    /** 'exists' when the client has a style already. */
    create(by: By, branding: LoginBranding, assets: readonly BrandingAsset[], limit: number): Promise<'created' | 'exists' | 'too many'>
    byId(poolUid: string, brandingId: string): Promise<StyledLogin | undefined>
    byClient(poolUid: string, clientUid: string): Promise<StyledLogin | undefined>
    /** The style of a client without the bytes of its images. */
    styleOf(poolUid: string, clientUid: string): Promise<LoginBranding | undefined>
    /** The image in a slot of a style (`assetSlot`). */
    asset(poolUid: string, brandingId: string, slot: string): Promise<BrandingAsset | undefined>
    /** Saves a style and puts images in their slots; the other ones stay, or go where `keep` is 'none'. */
    update(
      by: By,
      branding: LoginBranding,
      assets: { readonly put: readonly BrandingAsset[]; readonly keep: 'others' | 'none' },
    ): Promise<'updated' | 'version conflict'>
    delete(by: By, branding: LoginBranding): Promise<'deleted' | 'absent'>
  }

  readonly terms: {
    /** 'exists' when the client has terms of that name already. */
    create(by: By, terms: Terms, limit: number): Promise<'created' | 'exists' | 'too many'>
    byId(poolUid: string, termsId: string): Promise<Terms | undefined>
    byName(poolUid: string, clientUid: string, name: string): Promise<Terms | undefined>
    /** In the order of their ids. */
    list(poolUid: string, page: Page): Promise<Rows<Terms>>
    update(by: By, terms: Terms): Promise<'updated' | 'version conflict' | 'exists'>
    delete(by: By, terms: Terms): Promise<'deleted' | 'absent'>
  }

  readonly groups: {
    create(by: By, group: Group, limit: number): Promise<'created' | 'name taken' | 'too many'>
    byName(poolUid: string, name: string): Promise<Group | undefined>
    /** In the order of their names. */
    list(poolUid: string, page: Page): Promise<Rows<Group>>
    update(by: By, group: Group): Promise<'updated' | 'version conflict'>
    /** Memberships end with it; their rows go in the background. */
    delete(by: By, group: Group): Promise<'deleted' | 'absent'>
    /** Adding a member twice is success. 'too many' when the user is in `limit` groups already. */
    addMember(by: By, group: Group, userId: string, limit: number): Promise<'added' | 'too many'>
    /** Removing somebody who is no member is success. */
    removeMember(by: By, group: Group, userId: string): Promise<void>
    /** The groups of a user. */
    ofUser(poolUid: string, userId: string, page: Page): Promise<Rows<Group>>
    members(group: Group, page: Page): Promise<Rows<User>>
  }

  readonly users: {
    /** Of two registrations that claim one name, exactly one is 'registered'; the other learns which name was taken. */
    register(by: By, user: NewUser): Promise<'registered' | { readonly taken: LoginName }>
    byId(poolUid: string, id: string): Promise<User | undefined>
    /** As `byId`, and whether the tokens of an origin, the user's or not, are dead (`revocations`), in one read. */
    byIdAndOrigin(poolUid: string, id: string, originId: string): Promise<{ readonly user: User; readonly isRevoked: boolean } | undefined>
    /** `name` is normalised. */
    byName(poolUid: string, name: string): Promise<User | undefined>
    /** All changes or none. Of two writers that read the same version, one gets 'version conflict'. */
    save(by: By, ...changes: readonly UserChange[]): Promise<'saved' | 'version conflict' | 'code spent' | { readonly taken: LoginName }>
    /** Takes names, credential, codes, memberships, devices, passkeys, sessions, events and search entries with it. */
    delete(by: By, user: User): Promise<'deleted' | 'absent'>
    /** With a query in the order of the attribute's folded value, else in the order of user ids. */
    list(poolUid: string, query: UserQuery | undefined, page: Page): Promise<Rows<User>>
    credential(poolUid: string, userId: string): Promise<Credential | undefined>
    /** Earlier credentials, newest first, the present one not included. */
    credentialHistory(poolUid: string, userId: string, limit: number): Promise<Credential[]>
  }

  /** Many users at once, for load tests: the one way around `users.register`, so what they are is told by domain/loaded-user.ts alone. */
  readonly loads: {
    /** Undefined where nothing was ever loaded into the pool. */
    find(poolUid: string): Promise<LoadState | undefined>
    /** Of several, one gets 'begun'; 'gone' when the pool was deleted. */
    begin(by: By, poolUid: string, stretch: LoadStretch, passes: readonly string[]): Promise<'begun' | 'under way' | 'gone'>
    /**
     * Writes rows and how far the pass is, in one commit. Nothing is written, and the answer is 'overtaken', when the pass is elsewhere or
     * the pool was deleted; the answer is who holds it when a name of a row is taken, by internal id. Leaves no audit row: those of `begin`
     * and `end` tell of the whole.
     */
    put(by: By, chunk: LoadChunk): Promise<'put' | 'overtaken' | { readonly takenBy: string | undefined }>
    /** The stretch under way is written. */
    end(by: By, poolUid: string): Promise<void>
    /** The name of a user of the pool that comes before `from`, or is `to` or comes after it. */
    stranger(poolUid: string, from: string, to: string): Promise<string | undefined>
  }

  readonly codes: {
    /** Replaces the live code of the same user and purpose. */
    put(by: By, code: Code): Promise<void>
    /**
     * Counts one try and only then answers the code to compare with; 'exhausted' once `maxGuesses` are counted, whoever made
     * them. An expired code is answered too (its time tells): the try is counted all the same.
     */
    charge(by: By, key: { poolUid: string; userId: string; purpose: CodePurpose }, maxGuesses: number): Promise<Code | 'none' | 'exhausted'>
  }

  readonly attempts: {
    read(poolUid: string, subject: string, kind: string): Promise<Attempts | undefined>
    /** Counts a failure; the count starts anew when the last one is older than `forgetAfter` ms. */
    fail(by: By, key: { poolUid: string; subject: string; kind: string }, forgetAfter: number): Promise<Attempts>
    /**
     * Counts a try before it is looked at, so that parallel guesses can't pass the lock-out, on however many machines; 'locked' (and
     * nothing counted) while the tries so far lock the subject (domain/lockout.ts). Success is told by `clear`.
     */
    charge(by: By, key: { poolUid: string; subject: string; kind: string }, forgetAfter: number): Promise<Attempts | 'locked'>
    clear(by: By, key: { poolUid: string; subject: string; kind: string }): Promise<void>
  }

  readonly quotas: {
    /** Takes one of `limit` in a window of `window` ms that begins with its first taker; false when none is left. */
    take(
      by: By,
      key: { poolUid: string; subject: string; kind: string },
      allowance: { readonly limit: number; readonly window: number },
    ): Promise<boolean>
  }

  readonly spent: {
    /** Exactly one caller gets 'first' for a token, until `expiresAt`. */
    spend(by: By, poolUid: string, token: string, expiresAt: number): Promise<'first' | 'again'>
  }

  readonly revocations: {
    /** Ends the refresh token and the tokens made from it, which share the origin id. */
    revoke(by: By, poolUid: string, originId: string, expiresAt: number): Promise<void>
    isRevoked(poolUid: string, originId: string): Promise<boolean>
  }

  readonly challengeStates: {
    /** What a challenge session has to remember and can't carry; sealed, and gone with the session. */
    put(by: By, state: { poolUid: string; id: string; sealed: string; expiresAt: number }): Promise<void>
    get(poolUid: string, id: string): Promise<string | undefined>
  }

  readonly refreshFamilies: {
    /**
     * Moves a family of rotating refresh tokens on from the token numbered `serial` (the first one is 0 and leaves no row). The newest
     * token answers a new serial; the one before it, within `grace` ms of having been used, the serial that it got then, so that there
     * are never two live children; any other is 'reused'.
     */
    rotate(
      by: By,
      family: { poolUid: string; familyId: string; serial: number; grace: number; expiresAt: number },
    ): Promise<{ readonly serial: number } | 'reused'>
    /** The number of the newest token of a family; 0 while its first one was not used. */
    newest(poolUid: string, familyId: string): Promise<number>
  }

  readonly authorizationCodes: {
    /** Keeps what a code stands for, sealed, under a hash of the code; the row outlives the code, so that replays are recognised. */
    put(by: By, code: { poolUid: string; codeHash: string; sealed: string; expiresAt: number }): Promise<void>
    /** `grantedUntil` is what the redemption said, and undefined before there was one. */
    get(poolUid: string, codeHash: string): Promise<{ readonly sealed: string; readonly grantedUntil: number | undefined } | undefined>
    /** Exactly one caller gets 'first'; any other, and whoever names a code that is not there or expired, gets 'again'. */
    redeem(by: By, code: { poolUid: string; codeHash: string; grantedUntil: number }): Promise<'first' | 'again'>
  }

  readonly devices: {
    /** 'exists' when the user has a device with the key already, 'forgotten' when the key is void. */
    create(by: By, device: Device, limit: number): Promise<'created' | 'exists' | 'forgotten' | 'too many'>
    byKey(poolUid: string, userId: string, key: string): Promise<Device | undefined>
    update(by: By, device: Device): Promise<'updated' | 'version conflict'>
    /** Deletes a device and remembers until then that its key is void, in one commit. */
    forget(by: By, device: Pick<Device, 'poolUid' | 'userId' | 'key'>, until: number): Promise<'forgotten' | 'absent'>
    isForgotten(device: Pick<Device, 'poolUid' | 'userId' | 'key'>): Promise<boolean>
    /** In the order of their keys. */
    list(poolUid: string, userId: string, page: Page): Promise<Rows<Device>>
  }

  readonly passkeys: {
    /** 'exists' when the user has registered the credential already. */
    add(by: By, passkey: Passkey, limit: number): Promise<'added' | 'exists' | 'too many'>
    byId(poolUid: string, userId: string, credentialId: string): Promise<Passkey | undefined>
    /** In an order that stays. */
    list(poolUid: string, userId: string, page: Page): Promise<Rows<Passkey>>
    /** Stores the counter of a use when it is higher than the stored one, or both are 0; of two equal uses one is 'counted'. */
    count(
      by: By,
      key: { poolUid: string; userId: string; credentialId: string },
      counter: number,
    ): Promise<'counted' | 'not higher' | 'absent'>
    delete(by: By, poolUid: string, userId: string, credentialId: string): Promise<'deleted' | 'absent'>
  }

  readonly userSessions: {
    /**
     * Lists a session, in the place of one with the same id, which it never shortens; where the user then has more than `limit` of its kind
     * (domain/user-session.ts), those used longest ago leave the list and are revoked with it.
     */
    open(by: By, session: UserSession, limit: number): Promise<void>
    /** Notes a use. */
    touch(by: By, session: Pick<UserSession, 'poolUid' | 'userId' | 'id'>): Promise<'touched' | 'absent'>
    byId(poolUid: string, userId: string, id: string): Promise<UserSession | undefined>
    /** Live ones, newest first; at most 125. */
    ofUser(poolUid: string, userId: string, now: number): Promise<UserSession[]>
    /** Takes the session off the list and revokes its tokens (`revocations`), in one commit. */
    end(by: By, session: UserSession): Promise<'ended' | 'absent'>
  }

  readonly authEvents: {
    add(by: By, event: AuthEvent): Promise<void>
    byId(poolUid: string, userId: string, eventId: string): Promise<AuthEvent | undefined>
    /** Newest first. */
    list(poolUid: string, userId: string, page: Page): Promise<Rows<AuthEvent>>
    /** Replaces the feedback of an event. */
    judge(by: By, event: AuthEvent): Promise<'judged' | 'absent'>
  }

  readonly dataKeys: {
    byId(id: string): Promise<DataKeyRow | undefined>
    current(poolUid: string, purpose: string): Promise<DataKeyRow | undefined>
    /** The first writer for a pool and purpose wins; answers the row that stands. */
    putIfAbsent(by: By, row: DataKeyRow): Promise<DataKeyRow>
    list(page: Page): Promise<Rows<DataKeyRow>>
    /** Replaces the wrapping of rows that are still wrapped by the master key they name as `from`; answers how many. */
    rewrap(
      by: By,
      rows: readonly { readonly id: string; readonly from: string; readonly to: string; readonly wrapped: string }[],
    ): Promise<number>
    /** What was sealed under them can't be opened any more; servers that have a key in memory go on with it. Answers how many there were. */
    remove(by: By, ids: readonly string[]): Promise<number>
  }

  readonly signingKeys: {
    /** All of a pool, oldest first. */
    ofPool(poolUid: string): Promise<SigningKeyRow[]>
    /** The first writer for a pool, use and ordinal wins; answers the row that stands. */
    putIfAbsent(by: By, row: SigningKeyRow): Promise<SigningKeyRow>
    remove(by: By, poolUid: string, use: 'id' | 'access', ordinal: number): Promise<void>
  }

  readonly accessKeys: {
    create(by: By, row: AccessKeyRow): Promise<void>
    byId(id: string): Promise<AccessKeyRow | undefined>
    list(page: Page): Promise<Rows<AccessKeyRow>>
    delete(by: By, id: string): Promise<'deleted' | 'absent'>
  }

  readonly operators: {
    create(by: By, account: OperatorAccount, limit: number): Promise<'created' | 'name taken' | 'too many'>
    byName(name: string): Promise<OperatorAccount | undefined>
    /** In the order of their names. */
    list(page: Page): Promise<Rows<OperatorAccount>>
    /** Saves under version + 1 when the stored version is still `account.version`; of two writers one gets 'version conflict'. */
    save(by: By, account: OperatorAccount): Promise<'saved' | 'version conflict'>
    delete(by: By, account: OperatorAccount): Promise<'deleted' | 'absent' | 'version conflict'>
  }

  readonly operatorSessions: {
    open(by: By, session: OperatorSession): Promise<void>
    byHash(hash: string): Promise<OperatorSession | undefined>
    /** Notes a use. */
    touch(by: By, hash: string): Promise<'touched' | 'absent'>
    end(by: By, hash: string): Promise<'ended' | 'absent'>
  }

  readonly audit: {
    /** Newest first. */
    list(poolUid: string, page: Page): Promise<Rows<AuditRow>>
  }

  readonly maintenance: {
    /** Removes up to `limit` rows that have expired or belong to something deleted; 0 when nothing is left to do. */
    purge(by: By, limit: number): Promise<number>
    /**
     * Removes up to `limit` rows of codes, challenges, sessions and refresh tokens, whether or not they have expired; 0 when nothing is
     * left.
     */
    dropSessions(by: By, limit: number): Promise<number>
    /** Empties the store (test hook); keys and schema stay. */
    wipe(by: By): Promise<void>
  }

  /** What the database's own clock says, in epoch milliseconds; undefined where the data is kept on this machine. */
  time(): Promise<number | undefined>
  /** Waits for the writes under way, then lets go of the files. */
  close(): Promise<void>
}
