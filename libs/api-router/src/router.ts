import { router } from "./trpc.ts";
import { end as sessionEnd } from "./session/end.ts";
import { endOthers } from "./session/end-others.ts";
import { list as sessionsList } from "./session/list.ts";
import { me } from "./session/me.ts";
import { get as postureGet } from "./posture/get.ts";
import { attest } from "./identities/attest.ts";
import { attestMany } from "./identities/attest-many.ts";
import { facets } from "./identities/facets.ts";
import { get as identityGet } from "./identities/get.ts";
import { history } from "./identities/history.ts";
import { list as identitiesList } from "./identities/list.ts";
import { list as credentialsList } from "./credentials/list.ts";
import { groups } from "./findings/groups.ts";
import { list as findingsList } from "./findings/list.ts";
import { rule } from "./findings/rule.ts";
import { list as reportsList } from "./reports/list.ts";
import { changes } from "./graph/changes.ts";
import { chokePoints } from "./graph/choke-points.ts";
import { controlPlanes } from "./graph/control-planes.ts";
import { expand } from "./graph/expand.ts";
import { exposure } from "./graph/exposure.ts";
import { narrowing } from "./graph/narrowing.ts";
import { notModelled } from "./graph/not-modelled.ts";
import { policy } from "./graph/policy.ts";
import { radius } from "./graph/radius.ts";
import { routes } from "./graph/routes.ts";
import { whatIf } from "./graph/what-if.ts";
import { act } from "./tasks/act.ts";
import { bulk } from "./tasks/bulk.ts";
import { comment } from "./tasks/comment.ts";
import { get as taskGet } from "./tasks/get.ts";
import { list as tasksList } from "./tasks/list.ts";
import { openPlan } from "./tasks/open-plan.ts";
import { withdrawPlan } from "./tasks/withdraw-plan.ts";
import { get as frameworkGet } from "./frameworks/get.ts";
import { list as frameworksList } from "./frameworks/list.ts";
import { connectors } from "./sources/connectors.ts";
import { list as sourcesList } from "./sources/list.ts";
import { previewTable } from "./sources/preview-table.ts";
import { remove as sourceRemove } from "./sources/remove.ts";
import { cancel as pullCancel } from "./sources/pulls/cancel.ts";
import { create as pullCreate } from "./sources/pulls/create.ts";
import { list as pullsList } from "./sources/pulls/list.ts";
import { remove as pullRemove } from "./sources/pulls/remove.ts";
import { run as pullRun } from "./sources/pulls/run.ts";
import { setCredential } from "./sources/pulls/set-credential.ts";
import { actions as auditActions } from "./audit/actions.ts";
import { list as auditList } from "./audit/list.ts";
import { records as auditRecords } from "./audit/records.ts";
import { segments as auditSegments } from "./audit/segments.ts";
import { approveRemovals } from "./ingestions/approve-removals.ts";
import { cancel } from "./ingestions/cancel.ts";
import { get as ingestionGet } from "./ingestions/get.ts";
import { rejected } from "./ingestions/rejected.ts";
import { list as ingestionsList } from "./ingestions/list.ts";
import { load as demoLoad } from "./demo/load.ts";
import { remove as demoRemove } from "./demo/remove.ts";
import { list as membersList } from "./settings/members/list.ts";
import { remove as memberRemove } from "./settings/members/remove.ts";
import { setLimited } from "./settings/members/set-limited.ts";
import { setRole } from "./settings/members/set-role.ts";
import { create as invitationCreate } from "./settings/invitations/create.ts";
import { create as apiKeyCreate } from "./settings/api-keys/create.ts";
import { list as apiKeysList } from "./settings/api-keys/list.ts";
import { rotate } from "./settings/api-keys/rotate.ts";
import { revoke } from "./settings/api-keys/revoke.ts";
import { list as teamsList } from "./settings/teams/list.ts";
import { remove as teamRemove } from "./settings/teams/remove.ts";
import { save as teamSave } from "./settings/teams/save.ts";
import { create as federationCreate } from "./settings/federations/create.ts";
import { list as federationsList } from "./settings/federations/list.ts";
import { revoke as federationRevoke } from "./settings/federations/revoke.ts";
import { create as serviceUserCreate } from "./settings/service-users/create.ts";
import { disable as serviceUserDisable } from "./settings/service-users/disable.ts";
import { list as serviceUsersList } from "./settings/service-users/list.ts";
import { update as serviceUserUpdate } from "./settings/service-users/update.ts";
import { rename } from "./settings/workspace/rename.ts";

export const appRouter = router({
  session: router({ me, list: sessionsList, end: sessionEnd, endOthers }),
  posture: router({ get: postureGet }),
  identities: router({ list: identitiesList, facets, get: identityGet, history, attest, attestMany }),
  credentials: router({ list: credentialsList }),
  findings: router({ groups, list: findingsList, rule }),
  reports: router({ list: reportsList }),
  graph: router({ radius, exposure, expand, routes, notModelled, changes, policy, narrowing, whatIf, chokePoints, controlPlanes }),
  tasks: router({ list: tasksList, get: taskGet, act, comment, bulk, openPlan, withdrawPlan }),
  frameworks: router({ list: frameworksList, get: frameworkGet }),
  sources: router({
    list: sourcesList,
    connectors,
    previewTable,
    remove: sourceRemove,
    pulls: router({ list: pullsList, create: pullCreate, setCredential, run: pullRun, cancel: pullCancel, remove: pullRemove }),
  }),
  ingestions: router({ list: ingestionsList, get: ingestionGet, rejected, cancel, approveRemovals }),
  demo: router({ load: demoLoad, remove: demoRemove }),
  audit: router({ list: auditList, actions: auditActions, records: auditRecords, segments: auditSegments }),
  settings: router({
    members: router({ list: membersList, setRole, setLimited, remove: memberRemove }),
    teams: router({ list: teamsList, save: teamSave, remove: teamRemove }),
    invitations: router({ create: invitationCreate }),
    apiKeys: router({ list: apiKeysList, create: apiKeyCreate, rotate, revoke }),
    serviceUsers: router({ list: serviceUsersList, create: serviceUserCreate, update: serviceUserUpdate, disable: serviceUserDisable }),
    federations: router({ list: federationsList, create: federationCreate, revoke: federationRevoke }),
    workspace: router({ rename }),
  }),
});
export type AppRouter = typeof appRouter;
