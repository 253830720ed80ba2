import { join } from "node:path";
import type { Services } from "@rollcall/api-router";
import { connectors, knownAs, previewTable, selfConnector } from "@rollcall/connectors";
import { createAuthDatabase, createStores, runtimeUrls, type Stores } from "@rollcall/persistence";
import { createLogger, deriveKey, diskRoom, hashSecret, systemClock, type Clock, type Logger } from "@rollcall/platform";
import { reachDatasets } from "@rollcall/posture-pipeline";
import type { ApiParts } from "./api-parts.ts";
import { createAuth } from "./auth/create-auth.ts";
import { FailureLimiter } from "./auth/failure-limiter.ts";
import { IssuerKeys } from "./auth/federation/issuer-keys.ts";
import { oneTimeLinkUrl } from "./auth/one-time-link-url.ts";
import type { ApiEnv } from "./env.ts";
import { createVault } from "./create-vault.ts";
import { heldSecrets } from "./held-secrets.ts";
import { createGraphService } from "./graph/create-graph-service.ts";
import { UploadReader } from "./upload/upload-reader.ts";

export interface ComposeOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** Graphs held for questions; beyond it those asked about longest ago go. The heap leaves room for answering. */
const graphMemoryBytes = 1024 * 1024 * 1024;
const graphHeapMegabytes = 3072;

/** The one place where ports meet adapters. */
export function compose(env: ApiEnv, options: ComposeOptions = {}): ApiParts {
  const clock = options.clock ?? systemClock;
  const urls = runtimeUrls(env.databaseUrl, env.rootKey, env.poolUrl);
  const stores = createStores(urls);
  const authDatabase = createAuthDatabase(urls);
  const pepper = deriveKey(env.rootKey, "rollcall", "secret-hash/v1");
  const origins = originsOf(env);
  const logger = options.logger ?? createLogger("api");
  const graphs = createGraphService(graphThread(urls, logger), () => clock.now());
  const services: Services = {
    read: stores.read,
    triage: stores.triage,
    ingest: stores.ingest,
    ingestions: stores.ingestions,
    accounts: stores.accounts,
    machines: stores.machines,
    pullSources: stores.pullSources,
    vault: createVault({ rootKey: env.rootKey, privateHosts: env.privateHosts, pullSources: stores.pullSources }),
    audit: stores.audit,
    connectors: manifests,
    previewTable: tablePreviewer(clock),
    graphs,
    clock,
    ...watched(env, stores.self),
    hashSecret: (secret) => hashSecret(pepper, secret),
    linkUrl: (token) => oneTimeLinkUrl(origins[0] ?? env.origin, token),
  };
  const uploads = new UploadReader({ rootKey: env.rootKey }, logger);
  return {
    services,
    guesses: new FailureLimiter({ limit: 5, windowSeconds: 900, grows: true, now: () => clock.now().getTime() }),
    readUpload: uploads.read,
    issuerKeys: new IssuerKeys({ privateHosts: env.privateHosts, now: () => clock.now().getTime() }),
    origins,
    dashboardUrl: env.dashboardUrl,
    trustedProxies: env.trustedProxies ?? [],
    auth: createAuth({
      database: authDatabase.adapter,
      rootKey: env.rootKey,
      origins,
      accounts: stores.accounts,
      audit: stores.audit,
      landingPage: env.landingPage,
      sso: env.sso,
      hashSecret: services.hashSecret,
      now: () => clock.now(),
    }),
    logger,
    checkDatabase: () => stores.check(),
    recordSecrets: () => stores.self.recordSecrets("api", heldSecrets(env)),
    warmUp: () => {
      graphs.warmUp();
      uploads.warmUp();
    },
    close: async () => {
      await Promise.all([graphs.close(), uploads.close()]);
      await Promise.all([stores.close(), authDatabase.close()]);
    },
  };
}

const manifests = [...connectors, selfConnector].map((connector) => connector.manifest);

const graphThread = (urls: ReturnType<typeof runtimeUrls>, logger: Logger): Parameters<typeof createGraphService>[0] => ({
  data: { ...urls, memoryBytes: graphMemoryBytes, reachDatasets: reachDatasets(manifests) },
  logger,
  heapMegabytes: graphHeapMegabytes,
});

/** What is said to whoever looks: room on the disk, and what a process cannot do. */
const watched = (env: ApiEnv, self: Stores["self"]): Pick<Services, "diskRoom" | "troubles"> => ({
  diskRoom: () => diskRoom(foldersOf(env)),
  troubles: () => self.troubles(),
});

/** What grows on this machine. */
const foldersOf = ({ dataDir }: ApiEnv): readonly string[] => (dataDir ? [dataDir, join(dataDir, "logs")] : []);

/** A loopback origin has two names, and people type either. */
function originsOf(env: ApiEnv): readonly string[] {
  const url = new URL(env.origin);
  const twin = url.hostname === "localhost" ? "127.0.0.1" : url.hostname === "127.0.0.1" ? "localhost" : null;
  if (twin === null) return [url.origin];
  url.hostname = twin;
  return [env.origin, url.origin];
}

/** Nothing of a preview is kept, so nothing in it is fingerprinted. */
const tablePreviewer =
  (clock: Services["clock"]): Services["previewTable"] =>
  ({ name, text }, mapping) => {
    const file = { name, bytes: Buffer.from(text), modifiedAt: null };
    const options = { asOf: null, receivedAt: clock.now().toISOString(), accountHint: null, fingerprint: () => null };
    return { ...previewTable(file, mapping, options), knownAs: knownAs(file) };
  };
