/** How people call a field of the inventory, and what would make it known. One row per field path the rules read. */
export interface FieldWords {
  readonly label: string;
  readonly howToKnow: string;
}

const person = "State it on this page, or let the source say it with a tag or label.";
const usage = "Import activity data of the source: service last accessed, audit log or a usage push.";
const credential = "Import the credential report of the source, or push the credential with this field.";
const graph = "Import the permissions of this account completely: policies, groups, trust and bindings.";
const platformOwner = "Record it with the team that runs the platform, or push it with the identity.";
const agent = "Push the agent's registration: tools, approvals and identity mode come from its runtime or registry.";
const vendor = "Record the vendor review in your supplier register and push it with the identity.";

const words = (label: string, howToKnow: string): FieldWords => ({ label, howToKnow });

export const fieldWords: Readonly<Record<string, FieldWords>> = {
  type: words("Type", "The connector names the kind; push it with the identity."),
  provider: words("Provider", "The connector names it."),
  environment: words("Environment", person),
  status: words("State at the source", "Import a listing that states whether the identity is enabled."),
  criticality: words("Criticality", person),
  purpose: words("Purpose", person),
  createdAt: words("Created", "Import a listing of the source that carries creation dates."),
  "inventory.registered": words("Registered", "Match it with an intake record: state owner and purpose on this page."),
  "inventory.firstSeenAt": words("First seen", "Set at the first import that shows the identity."),
  "owner.kind": words("Kind of owner", person),
  "owner.personId": words("Accountable owner", person),
  "owner.label": words("Owner", person),
  "owner.email": words("Owner's e-mail", person),
  "owner.status": words("Owner still here", "Import people from your directory, so that departures are seen."),
  "owner.departedAt": words("Owner left on", "Import people from your directory, so that departures are seen."),
  "owner.business": words("Business owner", person),
  "review.lastReviewedAt": words("Last reviewed", "Confirm the identity on this page; the review is dated then."),
  "review.cadenceDays": words("Review every", person),
  "lifecycle.retirementTrigger": words("Retired when", person),
  "lifecycle.offboardingRunbook": words("Offboarding runbook", person),
  "lifecycle.decommissionedAt": words("Decommissioned", "Set when the identity is taken out of service."),
  "workload.status": words("Workload", "Import the workloads that run under this identity: compute, pods, jobs or pipelines."),
  "workload.retiredAt": words("Workload retired", "Import the workloads that run under this identity."),
  "usage.lastUsedAt": words("Last used", usage),
  "usage.observedDays": words("Days of activity data", usage),
  "usage.distinctWorkloads": words("Workloads using it", usage),
  "usage.environments": words("Used in", usage),
  "usage.interactiveSessions": words("Interactive sessions", usage),
  "usage.approvedInteractiveSessions": words("Approved interactive sessions", usage),
  "usage.outOfProfileEvents": words("Unusual events", usage),
  "credentials.kind": words("Credential kind", credential),
  "credentials.status": words("Credential state", credential),
  "credentials.static": words("Long-lived secret", credential),
  "credentials.createdAt": words("Credential created", credential),
  "credentials.lastRotatedAt": words("Last rotated", credential),
  "credentials.lastUsedAt": words("Credential last used", credential),
  "credentials.hasExpiry": words("Has an expiry", credential),
  "credentials.expiresAt": words("Expires", credential),
  "credentials.lifetimeDays": words("Lifetime", credential),
  "credentials.rotationAutomated": words("Rotated automatically", "Push it from the vault or the rotation job."),
  "credentials.approvedStore": words("Kept in an approved store", "Push where the secret is kept, from the vault or a secret scan."),
  "credentials.storage": words("Kept in", "Push where the secret is kept, from the vault or a secret scan."),
  "credentials.exposure.state": words("Exposure", "Import the results of a secret scan."),
  "credentials.exposure.audience": words("Exposed to", "Import the results of a secret scan."),
  "credentials.exposure.detectedAt": words("Exposure found", "Import the results of a secret scan."),
  "credentials.exposure.live": words("Exposed secret still works", "Import a secret scan that verifies what it finds."),
  "credentials.algorithm": words("Algorithm", credential),
  "credentials.keyBits": words("Key length", credential),
  "credentials.selfSigned": words("Self-signed", credential),
  "credentials.sanUriCount": words("URI names in the certificate", credential),
  "credentials.audienceCount": words("Audiences", credential),
  "auth.methods": words("Sign-in methods", credential),
  "auth.credentiallessAvailable": words("Could do without a secret", "Push what the platform offers for this workload."),
  "auth.interactiveLoginEnabled": words("People can sign in with it", "Import the credential report of the source."),
  "auth.interactiveExceptionId": words("Approved exception for sign-in", person),
  "auth.impersonatorCount": words("Who may act as it", graph),
  "auth.impersonationScope": words("How far that right goes", graph),
  "access.admin": words("Administrator", graph),
  "access.wildcard": words("Wildcard rights", graph),
  "access.permissionCount": words("Permissions", graph),
  "access.unusedPermissionPct": words("Unused permissions", usage),
  "access.escalationPaths": words("Ways to more rights", graph),
  "access.standingPrivilege": words("Standing privilege", graph),
  "access.jitSupported": words("Just-in-time possible", platformOwner),
  "access.sensitiveResourceCount": words("Sensitive resources in reach", graph),
  "access.reachableEnvironments": words("Environments in reach", graph),
  "access.blastRadius": words("Blast radius", graph),
  "access.tierZero": words("Reaches what controls everything", graph),
  "access.compensatingControls": words("Compensating controls", person),
  "access.isDefaultIdentity": words("Default identity", graph),
  "access.highRiskScopes": words("High-risk scopes", graph),
  trust: words("Trust in other accounts and issuers", graph),
  credentials: words("Credentials", credential),
  "attestation.reason": words("Reason given", person),
  name: words("Name", "The connector names it."),
  "trust.kind": words("Kind of trust", graph),
  "trust.issuerShared": words("Shared issuer", graph),
  "trust.subjectMatch": words("Subject check", graph),
  "trust.audiencePinned": words("Audience pinned", graph),
  "trust.external": words("Trusted from outside", graph),
  "trust.externalIdRequired": words("External id required", graph),
  "pipeline.isPipeline": words("Pipeline", "The connector names the kind; push it with the identity."),
  "pipeline.storesStaticCloudKey": words(
    "Pipeline holds a cloud key",
    "Import the CI system's secrets list (names only) or a secret scan.",
  ),
  "thirdParty.external": words("Run by a third party", person),
  "thirdParty.vendorStatus": words("Vendor", vendor),
  "thirdParty.vettedAt": words("Vendor reviewed", vendor),
  "thirdParty.incidentDeclaredAt": words("Vendor incident", vendor),
  "thirdParty.publisherVerified": words("Publisher verified", vendor),
  "thirdParty.consent": words("Consent by", vendor),
  "managed.isPlatformManaged": words("Managed by a platform", platformOwner),
  "managed.scopeStatement": words("Stated scope", platformOwner),
  "managed.scopeDrift": words("Scope drift", platformOwner),
  "managed.revocationAuthority": words("Who may revoke it", platformOwner),
  "managed.revocationRunbook": words("Revocation runbook", platformOwner),
  "managed.revocationTestedAt": words("Revocation last drilled", platformOwner),
  "managed.consumerCount": words("Consumers", platformOwner),
  "ephemeral.isEphemeral": words("Short-lived", platformOwner),
  "ephemeral.ageHours": words("Age", "Import a listing of the source that carries creation dates."),
  "ephemeral.maxLifetimeHours": words("Longest lifetime", platformOwner),
  "ephemeral.parentStatus": words("What it belongs to", "Import the workloads that run under this identity."),
  "dependencies.mappedAt": words("Dependencies mapped", "Review who uses the identity and confirm it on this page."),
  "logging.enabled": words("Activity is logged", "Import the audit configuration of the source."),
  "logging.attributable": words("Log names the actor", "Import the audit configuration of the source."),
  "agent.isAgent": words("AI agent", agent),
  "agent.autonomy": words("Autonomy", agent),
  "agent.identityMode": words("Acts as", agent),
  "agent.writeToolCount": words("Tools that change things", agent),
  "agent.highRiskApproval": words("Approval for risky actions", agent),
  "agent.tools.approved": words("Tools approved", agent),
  "agent.tools.authenticated": words("Tools authenticated", agent),
  "agent.delegatedScopeExceeds": words("Wider than its delegator", agent),
  "agent.runtimePolicy": words("Policy at run time", agent),
  "agent.killSwitchTestedAt": words("Kill switch last drilled", agent),
  "agent.actionLog": words("Actions are logged", agent),
  "source.status": words("Source", "Run the import again and read its report."),
  "source.lastSuccessAt": words("Last complete read", "Run the import again."),
  "source.expectedIntervalHours": words("Expected every", "State how often this source is read."),
};

/** `credentials[0].lastRotatedAt` and `credentials.0.lastRotatedAt` are the same field as `credentials.lastRotatedAt`. */
export const fieldOfPath = (path: string): string =>
  path
    .replaceAll(/\[[^\]]*\]/g, "")
    .split(".")
    .filter((step) => !/^\d+$/.test(step))
    .join(".");

export function wordsOfField(path: string): FieldWords {
  const known = fieldWords[fieldOfPath(path)];
  return known ?? { label: sentenceCase(path), howToKnow: "Push it with the identity, or import a file of the source that states it." };
}

function sentenceCase(path: string): string {
  const spaced = path
    .replaceAll(/[._-]+/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
