export { actAs, currentActor, systemActor, type Actor } from "./acting.ts";
export { AppError, errorCodes, httpStatus, type AppErrorOptions, type ErrorCode, type FieldError } from "./app-error.ts";
export { errorOfParts, errorParts, type ErrorParts } from "./error-parts.ts";
export { asAppError, problemContentType, toProblem, type Problem } from "./problem.ts";
export { createLogger, type Logger, type LoggerOptions } from "./logger.ts";
export { scrubSecrets } from "./scrub-secrets.ts";
export { fixedClock, systemClock, type Clock } from "./clock.ts";
export { databaseEnv, hostList, networkList, parseEnv, redisEnv, serverEnv } from "./env.ts";
export { uuidV7 } from "./uuid-v7.ts";
export { apiKeyPattern, hashSecret, mintApiKey, parseApiKey, secretMatches, type ApiKey } from "./crypto/api-key.ts";
export { auditSigner, type AuditSigner } from "./crypto/audit-signer.ts";
export {
  boxKeyOf,
  newBoxSeed,
  openCredential,
  rewrapCredential,
  sealCredential,
  type BoxPrivateKey,
  type BoxPublicKey,
} from "./crypto/credential-box.ts";
export { deriveKey } from "./crypto/derive-key.ts";
export { fingerprinter, type Fingerprint } from "./crypto/fingerprinter.ts";
export { createKeyFile, keyFileStamp, readKeyFile, replaceKeyFile } from "./crypto/key-file.ts";
export { newKeyRing, readKeyRing, withKeysOnly, withNewKey } from "./crypto/key-ring.ts";
export { isGenuineKey, publishedKey, type PublishedKey } from "./crypto/published-key.ts";
export { secretMark } from "./crypto/secret-mark.ts";
export { randomToken } from "./crypto/random-token.ts";
export { isInNetworks, isNetwork } from "./networks.ts";
export { isPublicAddress } from "./http/public-address.ts";
export { assertCallable, safeFetch, type SafeFetchOptions, type SafeResponse } from "./http/safe-fetch.ts";
export { diskRoom, type DiskRoom } from "./disk-room.ts";
export { freePort, isPortFree } from "./free-port.ts";
export { acquireInstanceLock, type InstanceLock } from "./instance-lock.ts";
export { processCommand, processStartedAt } from "./process-identity.ts";
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from "./postgres/embedded-postgres.ts";
export type { ClusterCredentials } from "./postgres/cluster-credentials.ts";
export { locateExecutable } from "./locate-executable.ts";
export { locateRedis } from "./redis/locate-redis.ts";
