import { fieldOfPath } from "./field-words.ts";

/** A field that has a meaning only when another one is known, and not "no". */
const parents: Readonly<Record<string, string>> = {
  "auth.impersonationScope": "auth.impersonatorCount",
  "auth.interactiveExceptionId": "auth.interactiveLoginEnabled",
  "credentials.exposure.audience": "credentials.exposure.state",
  "credentials.exposure.detectedAt": "credentials.exposure.state",
  "credentials.exposure.live": "credentials.exposure.state",
  "credentials.storage": "credentials.approvedStore",
  "ephemeral.ageHours": "ephemeral.isEphemeral",
  "ephemeral.maxLifetimeHours": "ephemeral.isEphemeral",
  "ephemeral.parentStatus": "ephemeral.isEphemeral",
  "owner.departedAt": "owner.status",
  "owner.status": "owner.personId",
  "pipeline.storesStaticCloudKey": "pipeline.isPipeline",
  "thirdParty.consent": "thirdParty.external",
  "thirdParty.incidentDeclaredAt": "thirdParty.external",
  "thirdParty.publisherVerified": "thirdParty.external",
  "thirdParty.vendorStatus": "thirdParty.external",
  "thirdParty.vettedAt": "thirdParty.external",
  "usage.approvedInteractiveSessions": "usage.interactiveSessions",
  "workload.retiredAt": "workload.status",
};

const group = (prefix: string, flag: string) => (field: string) => (field.startsWith(prefix) && field !== flag ? flag : undefined);
const groups = [group("agent.", "agent.isAgent"), group("managed.", "managed.isPlatformManaged")];

export function parentOfField(path: string): string | undefined {
  const field = fieldOfPath(path);
  return parents[field] ?? groups.map((parentIn) => parentIn(field)).find((parent) => parent !== undefined);
}
