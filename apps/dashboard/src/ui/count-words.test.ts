import { expect, test } from "vitest";
import { countOfKind, countOfTotal } from "./count-words.ts";

test.each([
  ["roles", 1, "1 role"],
  ["users", 2, "2 users"],
  ["policies", 1, "1 policy"],
  ["resourcePolicies", 5, "5 resource policies"],
  ["people", 167, "167 people"],
  ["people", 1, "1 person"],
  ["identities", 1200, "1,200 identities"],
  ["credentialReportUsers", 1, "1 user in the credential report"],
  ["lastAccessedReports", 4, "4 reports of last access"],
  ["identity", 1, "1 identity"],
  ["identity", 3, "3 identities"],
  ["grant", 3, "3 grants"],
  ["usage_record", 2, "2 usage records"],
  ["Secret", 1, "1 Secret"],
  ["ServiceAccount", 2, "2 ServiceAccounts"],
  ["NetworkPolicy", 2, "2 NetworkPolicies"],
  ["Ingress", 2, "2 Ingresses"],
])("%s %i is %s", (key, count, words) => expect(countOfTotal(key, count)).toBe(words));

test.each([
  ["secret", 20, "20 secrets"],
  ["policy", 2, "2 policies"],
  ["ci_pipeline", 1, "1 CI pipeline"],
  ["account", 1, "the account itself"],
  ["external", 2, "2 parties outside"],
])("%s %i is %s", (kind, count, words) => expect(countOfKind(kind, count)).toBe(words));
