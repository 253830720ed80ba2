import { notModelled as ofAws } from "./aws/not-modelled.ts";

export interface NotModelled {
  readonly id: string;
  readonly reason: string;
}

const stated =
  "No import reads these permissions. What a pushed inventory states as edges (dialect direct: CAN_MINT_CREDENTIAL, CAN_IMPERSONATE, CAN_ESCALATE_SELF, ...) is followed as stated";

/** Systems whose permissions nobody here evaluates, with the published ways that are missed by it. */
const systems: readonly NotModelled[] = [
  {
    id: "gcp-iam",
    reason: `${stated}. Missed in Google Cloud: iam.roles.update, iam.serviceAccounts.getAccessToken, implicitDelegation, signBlob and signJwt, iam.serviceAccountKeys.create, cloudbuild.builds.create, deploymentmanager.deployments.create, cloudfunctions.functions.create and update, compute.instances.create, run.services.create, cloudscheduler.jobs.create, orgpolicy.policy.set, storage.hmacKeys.create, serviceusage.apiKeys.create and list`,
  },
  {
    id: "entra-id",
    reason: `${stated}. Missed in Entra ID: RoleManagement.ReadWrite.Directory, AppRoleAssignment.ReadWrite.All, Application.ReadWrite.All and other roles of applications that lead to all of the tenant, owners of applications and service principals, secrets and federated credentials added to them, eligible roles`,
  },
  {
    id: "azure-rbac",
    reason: `${stated}. Missed in Azure: owners and user access administrators of a scope, run command on machines, managed identities of machines, functions and automation accounts, access policies of key vaults`,
  },
  {
    id: "okta-and-saas",
    reason: `${stated}. Missed in Okta, GitHub organisations and other services: administrator roles, API tokens of administrators, members of teams and their rights to repositories, protections of branches`,
  },
];

/** Published ways to gain access that give no edge, with the reason: shown to users, so that silence is not taken for safety. */
export const notModelled: readonly NotModelled[] = [...ofAws, ...systems];
