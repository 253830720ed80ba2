import type { Services } from "@rollcall/api-router";
import type { Logger } from "@rollcall/platform";
import type { Auth } from "./auth/create-auth.ts";
import type { FailureLimiter } from "./auth/failure-limiter.ts";
import type { IssuerKeys } from "./auth/federation/issuer-keys.ts";
import type { ReadUpload } from "./upload/upload-reader.ts";

/** What the HTTP shell is built from. `compose` makes it from the environment, tests from a database of their own. */
export interface ApiParts {
  readonly services: Services;
  readonly auth: Auth;
  /** Guesses at passwords, at the door and inside. */
  readonly guesses: FailureLimiter;
  readonly readUpload: ReadUpload;
  /** Keys of the issuers whose tokens are taken in exchange. */
  readonly issuerKeys: IssuerKeys;
  readonly logger: Logger;
  /** Public origins from which people use the dashboard. The first one is the one links are made with. */
  readonly origins: readonly string[];
  readonly dashboardUrl: string | null;
  /** Addresses or ranges of proxies before us: only they are believed about whom they speak for. */
  readonly trustedProxies?: readonly string[];
  /** Throws when the database is away or its schema is not the one this build needs. */
  readonly checkDatabase: () => Promise<void>;
  /** Says which secrets this process holds, as facts. */
  readonly recordSecrets: () => Promise<void>;
  /** Starts what the first request would else wait for. */
  readonly warmUp: () => void;
  readonly close: () => Promise<void>;
}
