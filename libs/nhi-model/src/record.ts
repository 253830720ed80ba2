/**
 * The normalised record that the rules read: one identity with its credentials, owner, use and access.
 * Every field is optional; a missing field is unknown, never false. Times are RFC 3339 UTC.
 * `unknown` values of a source are never written here: leave the field out and state the reason in `unknowns`.
 */
export type Instant = string;

export interface NhiRecord {
  readonly id?: string;
  readonly type?:
    | "service_account"
    | "iam_user"
    | "iam_role"
    | "workload_identity"
    | "service_principal"
    | "managed_identity"
    | "oauth_app"
    | "api_key"
    | "token"
    | "ssh_key"
    | "certificate"
    | "bot"
    | "ai_agent"
    | "ci_pipeline"
    | "db_account"
    | "webhook";
  readonly provider?: string;
  readonly environment?: "prod" | "staging" | "test" | "dev" | "sandbox" | "shared";
  readonly status?: "active" | "disabled" | "suspended" | "deleted";
  readonly criticality?: "low" | "medium" | "high" | "critical";
  readonly purpose?: string;
  readonly createdAt?: Instant;
  readonly inventory?: {
    readonly registered?: boolean;
    readonly firstSeenAt?: Instant;
  };
  readonly owner?: {
    readonly kind?: "person" | "team" | "mailbox" | "service" | "none";
    readonly personId?: string;
    readonly status?: "active" | "departed";
    readonly departedAt?: Instant;
    readonly business?: string;
  };
  readonly review?: {
    readonly lastReviewedAt?: Instant;
    readonly cadenceDays?: number;
  };
  readonly lifecycle?: {
    readonly retirementTrigger?: string;
    readonly offboardingRunbook?: string;
    readonly decommissionedAt?: Instant;
  };
  readonly workload?: {
    readonly status?: "running" | "retired" | "missing";
    readonly retiredAt?: Instant;
  };
  readonly usage?: {
    readonly lastUsedAt?: Instant;
    readonly observedDays?: number;
    readonly distinctWorkloads?: number;
    readonly environments?: readonly string[];
    readonly interactiveSessions?: number;
    readonly approvedInteractiveSessions?: number;
    readonly outOfProfileEvents?: number;
  };
  readonly credentials?: readonly {
    readonly kind?:
      | "api_key"
      | "access_key"
      | "client_secret"
      | "password"
      | "pat"
      | "oauth_refresh_token"
      | "ssh_key"
      | "x509"
      | "x509_svid"
      | "jwt_svid"
      | "short_lived_token"
      | "signing_key";
    readonly status?: "active" | "inactive" | "revoked" | "expired";
    readonly static?: boolean;
    readonly createdAt?: Instant;
    readonly lastRotatedAt?: Instant;
    readonly lastUsedAt?: Instant;
    readonly hasExpiry?: boolean;
    readonly expiresAt?: Instant;
    readonly lifetimeDays?: number;
    readonly rotationAutomated?: boolean;
    readonly approvedStore?: boolean;
    readonly storage?:
      "vault" | "platform" | "hsm" | "code" | "config" | "ci_variable" | "env_var" | "chat" | "ticket" | "wiki" | "filesystem";
    readonly exposure?: {
      readonly state?: "none" | "suspected" | "confirmed";
      readonly audience?: "internal" | "public";
      readonly detectedAt?: Instant;
      readonly live?: boolean;
    };
    readonly algorithm?: string;
    readonly keyBits?: number;
    readonly selfSigned?: boolean;
    readonly sanUriCount?: number;
    readonly audienceCount?: number;
  }[];
  readonly auth?: {
    readonly methods?: readonly string[];
    readonly credentiallessAvailable?: boolean;
    readonly interactiveLoginEnabled?: boolean;
    readonly interactiveExceptionId?: string;
    readonly impersonatorCount?: number;
    readonly impersonationScope?: "identity" | "project" | "organisation";
  };
  readonly access?: {
    readonly admin?: boolean;
    readonly wildcard?: boolean;
    readonly permissionCount?: number;
    readonly unusedPermissionPct?: number;
    readonly escalationPaths?: number;
    readonly standingPrivilege?: boolean;
    readonly jitSupported?: boolean;
    readonly sensitiveResourceCount?: number;
    readonly reachableEnvironments?: readonly string[];
    readonly blastRadius?: number;
    readonly compensatingControls?: readonly string[];
    readonly isDefaultIdentity?: boolean;
    readonly highRiskScopes?: readonly string[];
  };
  readonly trust?: readonly {
    readonly kind?: "oidc" | "saml" | "cross_account";
    readonly issuerShared?: boolean;
    readonly subjectMatch?: "exact" | "wildcard" | "none";
    readonly audiencePinned?: boolean;
    readonly external?: boolean;
    readonly externalIdRequired?: boolean;
  }[];
  readonly pipeline?: {
    readonly isPipeline?: boolean;
    readonly storesStaticCloudKey?: boolean;
  };
  readonly thirdParty?: {
    readonly external?: boolean;
    readonly vendorStatus?: "active" | "ended";
    readonly vettedAt?: Instant;
    readonly incidentDeclaredAt?: Instant;
    readonly publisherVerified?: boolean;
    readonly consent?: "admin" | "user";
  };
  readonly managed?: {
    readonly isPlatformManaged?: boolean;
    readonly scopeStatement?: string;
    readonly scopeDrift?: boolean;
    readonly revocationAuthority?: string;
    readonly revocationRunbook?: string;
    readonly revocationTestedAt?: Instant;
    readonly consumerCount?: number;
  };
  readonly ephemeral?: {
    readonly isEphemeral?: boolean;
    readonly ageHours?: number;
    readonly maxLifetimeHours?: number;
    readonly parentStatus?: "running" | "ended" | "missing";
  };
  readonly dependencies?: {
    readonly mappedAt?: Instant;
  };
  readonly logging?: {
    readonly enabled?: boolean;
    readonly attributable?: boolean;
  };
  readonly agent?: {
    readonly isAgent?: boolean;
    readonly autonomy?: "assistive" | "supervised" | "autonomous";
    readonly identityMode?: "own" | "shared" | "human_session";
    readonly writeToolCount?: number;
    readonly highRiskApproval?: boolean;
    readonly tools?: readonly {
      readonly approved?: boolean;
      readonly authenticated?: boolean;
    }[];
    readonly delegatedScopeExceeds?: boolean;
    readonly runtimePolicy?: "none" | "static_role" | "policy_as_code";
    readonly killSwitchTestedAt?: Instant;
    readonly actionLog?: boolean;
  };
  readonly source?: {
    readonly status?: "ok" | "degraded" | "failing" | "not_connected";
    readonly lastSuccessAt?: Instant;
    readonly expectedIntervalHours?: number;
  };
}

/** The record with the reason of each missing field, where one was stated. */
export interface ExplainedRecord {
  readonly record: NhiRecord;
  readonly unknowns: Readonly<Record<string, string>>;
}
