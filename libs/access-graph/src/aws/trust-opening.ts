import { accountOfArn } from "./arn.ts";
import { namedBy } from "./authorize/principal-match.ts";
import { asAnySession, readPrincipal } from "./authorize/request-principal.ts";
import type { RequestFacts } from "./authorize/request-facts.ts";
import { allTrue, describeCondition, noContext } from "./condition.ts";
import { undenied } from "./trust.ts";
import type { TrustEntry } from "./trust.ts";
import { isPrincipalKey } from "./variables.ts";
import type { PrincipalVariables } from "./variables.ts";

/** Who comes to a role, with what is known of any request it makes. */
export interface Comer {
  readonly arn: string;
  readonly variables: PrincipalVariables;
}

/** Somebody of an account, whoever it is. */
export const anybodyOf = (account: string, moment: PrincipalVariables): Comer => ({
  arn: `arn:aws:iam::${account}:root`,
  variables: new Map([...moment, ["aws:principalaccount", [account]], ["aws:principalisawsservice", ["false"]]]),
});

/** A service that runs something for an account. */
export const serviceFor = (service: string, account: string, moment: PrincipalVariables): Comer => ({
  arn: service,
  variables: new Map([...moment, ["aws:sourceaccount", [account]], ["aws:principalisawsservice", ["true"]]]),
});

/** Whether the answer may differ between the principals of one account. */
export const tellsApart = ({ open, denies }: TrustEntry): boolean =>
  denies.length > 0 || open.some(({ key, values }) => isPrincipalKey(key.toLowerCase()) || values.some((value) => value.includes("${")));

/** The entry with the conditions that stay open for who comes; null when it does not let it in. */
export function openedTo(entry: TrustEntry, { arn, variables }: Comer): TrustEntry | null {
  if (entry.conditions.length === 0) return entry;
  const facts: RequestFacts = { context: noContext, principal: variables, complete: false };
  const open = entry.open.filter((condition) => !("truth" in condition) || condition.truth(facts, "Allow") !== "yes");
  if (open.some((condition) => "truth" in condition && condition.truth(facts, "Allow") === "no")) return null;
  const denies = deniesOf(entry, arn, facts);
  return denies === null ? null : { ...entry, open, denies, conditions: [...open.map(describeCondition), ...denies.map(undenied)] };
}

/** Whether a deny may meet who comes. */
export const deniesAnyOf = (deny: TrustEntry["denies"][number], { variables }: Comer): boolean =>
  allTrue(deny.conditions, { context: noContext, principal: variables, complete: false }, "Deny") !== "no";

/** Null when one of them applies for certain. */
function deniesOf({ denies }: TrustEntry, arn: string, facts: RequestFacts): TrustEntry["denies"] | null {
  if (denies.length === 0) return denies;
  const read = readPrincipal(arn);
  if (typeof read === "string") return denies;
  const principal = asAnySession(read);
  const applying = denies.flatMap((deny) => {
    const namings = namedBy(deny, principal, facts);
    const met = namings.length === 0 ? "no" : allTrue(deny.conditions, facts, "Deny");
    const truth = met === "yes" && !namings.some(({ isCertain }) => isCertain) ? "maybe" : met;
    return truth === "no" ? [] : [{ deny, truth }];
  });
  return applying.some(({ truth }) => truth === "yes") ? null : applying.map(({ deny }) => deny);
}

const accountKeys: ReadonlySet<string> = new Set(["aws:principalaccount", "aws:principalarn"]);

/** Accounts that the conditions of a trust in everyone keep it to; null when it stays open to any. */
export function accountsMeant({ open }: TrustEntry): readonly string[] | null {
  for (const { key, operator, values } of open) {
    if (!accountKeys.has(key.toLowerCase()) || !/^(?:string|arn)(?:equals|like)$/i.test(operator)) continue;
    const accounts = values.map((value) => (/^\d{12}$/.test(value) ? value : accountOfArn(value)));
    if (accounts.every((account) => account !== null)) return [...new Set(accounts)];
  }
  return null;
}
